import type { AttachedPolicy, Finding, Looking } from '#aws/preflight/index';
import {
  evaluate,
  MalformedPolicy,
  type Policies,
  type Policy,
  parsePolicy,
  parseResourcePolicy,
} from '#twin/iam/index';
import { organizationOf } from '#twin/organization';
import { type Needed, neededIn } from './needed-actions';

/** Under this name they are told. */
export const CHECK = 'service control policies';

const EVERYTHING = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};
/** All else allows, so that what is refused is refused by an SCP. */
const ALLOWING: Pick<Policies, 'identity' | 'resource'> = {
  identity: [parsePolicy(EVERYTHING)],
  resource: parseResourcePolicy({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  }),
};

/** One refusal, and all accounts and Regions it is met in. */
interface Binding {
  readonly who: string;
  readonly policy: string;
  readonly actions: Set<string>;
  readonly regions: Set<string>;
  readonly accounts: Set<string>;
}

/**
 * Whether the organization's service control policies would refuse what Parapet's roles must do, by
 * the twin's evaluation of policies. Resources that a policy names one by one are not guessed.
 */
export function bindingPolicies(
  policies: readonly AttachedPolicy[],
  looking: Looking,
): readonly Finding[] {
  const { attached, unread } = byTarget(policies);
  const bindings = new Map<string, Binding>();
  for (const group of groupsOf(attached, looking))
    for (const refusal of refusalsOf(group, looking)) add(bindings, refusal, group.accounts);
  const findings = [...bindings.values()].map(findingOf);
  const clear: readonly Finding[] =
    findings.length === 0 && unread.length === 0
      ? [{ check: CHECK, level: 'ok', found: 'none refuses what the roles of Parapet must do' }]
      : [];
  return [...findings, ...unread, ...clear];
}

interface Named {
  readonly policy: Policy;
  readonly name: string;
  readonly isOfAccounts: boolean;
}

function byTarget(policies: readonly AttachedPolicy[]) {
  const attached = new Map<string, Named[]>();
  const unread: Finding[] = [];
  for (const { name, content, targets } of policies) {
    if (targets.length === 0) continue;
    try {
      const one = {
        name,
        policy: parsePolicy(content, name),
        isOfAccounts: /\d{12}/.test(content),
      };
      for (const target of targets) attached.set(target, [...(attached.get(target) ?? []), one]);
    } catch (error) {
      if (!(error instanceof MalformedPolicy)) throw error;
      unread.push({
        ...{
          check: CHECK,
          level: 'unknown',
          found: `the policy ${name} cannot be judged: ${error.message}`,
        },
        remedy: 'read it yourself for what it denies to roles named parapet-*',
      });
    }
  }
  return { attached, unread };
}

type Account = Looking['configuration']['accounts'][number];

/** Accounts for which the same policies answer alike: one of them is asked for all. */
interface Group {
  readonly levels: readonly (readonly Policy[])[];
  readonly first: Account;
  readonly accounts: readonly Account[];
}

function groupsOf(
  attached: ReadonlyMap<string, readonly Named[]>,
  { configuration, snapshot }: Looking,
): readonly Group[] {
  const { levels } = organizationOf(snapshot);
  const groups = new Map<string, { levels: readonly (readonly Policy[])[]; accounts: Account[] }>();
  for (const account of configuration.accounts) {
    if (account.kind === 'management') continue;
    const named = (levels.get(account.id) ?? []).map((id) => attached.get(id) ?? []);
    const isOwn = named.flat().some(({ isOfAccounts }) => isOfAccounts);
    const key = JSON.stringify([
      ...[account.kind, account.regions, named.map((level) => level.map(({ name }) => name))],
      isOwn ? account.id : '',
    ]);
    const group = groups.get(key) ?? {
      levels: named.map((level) => level.map(({ policy }) => policy)),
      accounts: [],
    };
    group.accounts.push(account);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group.accounts;
    return first === undefined ? [] : [{ ...group, first }];
  });
}

interface Refusal {
  readonly needed: Needed;
  readonly policy: string;
}

function* refusalsOf({ levels, first }: Group, looking: Looking): Generator<Refusal> {
  const { id, managementAccount } = looking.snapshot;
  const organization = { id, managementAccount };
  for (const region of first.regions)
    for (const needed of neededIn(first, region, looking)) {
      const decision = evaluate(
        {
          principal: {
            ...{ kind: 'role-session', roleArn: needed.role, sessionName: 'parapet' },
            organization,
          },
          ...{ action: needed.action, resource: needed.resource, region },
          ...{ resourceAccount: needed.owner, resourceOrganization: organization },
        },
        { ...ALLOWING, scps: levels },
      );
      if (decision.allowed || decision.decidedBy !== 'scp') continue;
      // The reason goes on with the action and the one account that was asked.
      yield {
        needed,
        policy: decision.reason.split(/ (?:denies|allows|to allow) /)[0] ?? decision.reason,
      };
    }
}

function add(
  bindings: Map<string, Binding>,
  { needed, policy }: Refusal,
  accounts: readonly Account[],
): void {
  const key = `${needed.who}\n${policy}`;
  const binding = bindings.get(key) ?? {
    ...{ who: needed.who, policy, actions: new Set(), regions: new Set(), accounts: new Set() },
  };
  binding.actions.add(needed.action);
  binding.regions.add(needed.region);
  for (const { id } of accounts) binding.accounts.add(id);
  bindings.set(key, binding);
}

const MOST_NAMED = 5;

function findingOf({ who, policy, actions, regions, accounts }: Binding): Finding {
  const named = [...accounts].slice(0, MOST_NAMED).join(', ');
  const more = accounts.size > MOST_NAMED ? ` and ${accounts.size - MOST_NAMED} more` : '';
  return {
    check: CHECK,
    level: 'fail',
    found: `${policy} refuses ${[...actions].join(', ')} to ${who} in ${[...regions].join(', ')} of ${accounts.size} account${accounts.size === 1 ? '' : 's'}: ${named}${more}`,
    remedy:
      'exempt the role by aws:PrincipalArn in that policy, or leave the Region out of regions.governed',
  };
}
