import type { Outcome } from '#core';
import type { DecisionRow } from '#lake/compliance-finding';
import { decisionRow, decisionsOn, eventRow, eventsOn, put, type Said } from './made-lake';

const ACCOUNTS: readonly (readonly [name: string, unit: string])[] = [
  ['management', '/'],
  ['security', '/Security'],
  ['log-archive', '/Security'],
  ['shop-prod', '/Workloads/Prod'],
  ['shop-orders', '/Workloads/Prod'],
  ['payments-prod', '/Workloads/Prod/Payments'],
  ['payments-vault', '/Workloads/Prod/Payments'],
  ['data-lake', '/Workloads/Prod/Data'],
  ['analytics', '/Workloads/Prod/Data'],
  ['shop-test', '/Workloads/Test'],
  ['payments-test', '/Workloads/Test'],
  ['mobile-test', '/Workloads/Test'],
  ['sandbox-ana', '/Sandbox'],
  ['sandbox-ben', '/Sandbox'],
  ['sandbox-chen', '/Sandbox'],
  ['legacy-erp', '/Legacy'],
  ['legacy-fax', '/Legacy'],
  ['network-hub', '/Infrastructure'],
  ['shared-images', '/Infrastructure'],
  ['backup', '/Infrastructure'],
];

/** Accounts of the example, as an organization's snapshot has them. */
export const EXAMPLE_ACCOUNTS = [
  ...ACCOUNTS.map(([name, ouPath], i) => ({ id: String(100000000001 + i * 101), name, ouPath })),
  { id: '100000009999', name: 'dormant', ouPath: '/Legacy' },
];

const GUARDRAILS: readonly {
  readonly id: string;
  readonly severity: 2 | 4 | 5;
  readonly reason: string;
  readonly arn: (account: string, n: number) => string;
  readonly call: readonly [name: string, source: string];
  readonly calls: readonly string[];
}[] = [
  {
    ...{ id: 's3.bucket-public', severity: 5, reason: 'the ACL grants READ to everyone' },
    arn: (account, n) => `arn:aws:s3:::${account}-files-${n}`,
    call: ['PutBucketAcl', 's3.amazonaws.com'],
    calls: ['s3:PutPublicAccessBlock', 's3:PutBucketAcl'],
  },
  {
    ...{ id: 'ec2.security-group-open', severity: 5, reason: 'port 22 is open to 0.0.0.0/0' },
    arn: (account, n) => `arn:aws:ec2:eu-west-1:${account}:security-group/sg-0${n}f3a9`,
    call: ['AuthorizeSecurityGroupIngress', 'ec2.amazonaws.com'],
    calls: ['ec2:RevokeSecurityGroupIngress'],
  },
  {
    ...{
      id: 'iam.access-key-created',
      severity: 4,
      reason: 'the user has a long-lived access key',
    },
    arn: (account, n) => `arn:aws:iam::${account}:user/robot-${n}`,
    call: ['CreateAccessKey', 'iam.amazonaws.com'],
    calls: ['iam:UpdateAccessKey'],
  },
  {
    ...{ id: 'sqs.queue-untagged', severity: 2, reason: 'the tag owner is missing' },
    arn: (account, n) => `arn:aws:sqs:eu-west-1:${account}:queue-${n}`,
    call: ['CreateQueue', 'sqs.amazonaws.com'],
    calls: ['sqs:TagQueue'],
  },
  {
    ...{ id: 'cloudtrail.logging-stopped', severity: 5, reason: 'the trail does not log' },
    arn: (account) => `arn:aws:cloudtrail:eu-west-1:${account}:trail/account`,
    call: ['StopLogging', 'cloudtrail.amazonaws.com'],
    calls: ['cloudtrail:StartLogging'],
  },
  {
    ...{ id: 'signin.root-login', severity: 4, reason: 'the root user signed in with MFA' },
    arn: (account) => `arn:aws:iam::${account}:root`,
    call: ['ConsoleLogin', 'signin.amazonaws.com'],
    calls: [],
  },
];

/** Numbers that look random and are the same every time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const DAY_MS = 86_400_000;

/** A month of an organization of twenty accounts: one day is lost, one object cut off. */
export function writeExampleLake(folder: string): void {
  const random = numbers(7);
  for (let day = 0; day < 30; day += 1) {
    const start = Date.UTC(2026, 2, 1) + day * DAY_MS;
    const name = new Date(start).toISOString().slice(5, 10);
    if (day === 16) continue;
    const rows = Array.from({ length: 20 + Math.floor(random() * 30) }, () =>
      decisionRow(saidOn(start, random)),
    );
    const part = `${decisionsOn(name)}/part-${name}.ndjson`;
    put(folder, part, rows);
    const others = Array.from({ length: 2 }, (_, i) =>
      eventRow({ id: `${name}-${i}`, account: accountAt(random), at: start + i * 1_000_000 }),
    );
    // Of every hundredth decision the call was lost on its way into the lake.
    const calls = rows.flatMap((row, i) => ((day * 7 + i) % 100 === 0 ? [] : [callOf(row)]));
    put(folder, `${eventsOn(name)}/part-${name}.ndjson`, [...calls, ...others]);
    if (day === 20)
      put(folder, `${decisionsOn(name)}/part-cut.ndjson`, JSON.stringify(rows[0]).slice(0, 300));
  }
}

function callOf({ cloud, evidences, unmapped }: DecisionRow) {
  const { operation = '', service } = evidences[0]?.api ?? {};
  return eventRow({
    id: unmapped.cause_uid,
    account: cloud.account.uid,
    at: unmapped.at.called ?? 0,
    call: [operation, service?.name ?? ''],
  });
}

const accountAt = (random: () => number): string =>
  EXAMPLE_ACCOUNTS[Math.floor(random() * ACCOUNTS.length)]?.id ?? '';

function saidOn(start: number, random: () => number): Said {
  const place = Math.floor(random() ** 1.3 * ACCOUNTS.length);
  const { id: account = '', name = '', ouPath = '/' } = EXAMPLE_ACCOUNTS[place] ?? {};
  const guardrail = GUARDRAILS[Math.floor(random() ** 1.4 * GUARDRAILS.length)];
  if (!guardrail) throw new Error('no guardrail of that number');
  const isEnforced = ouPath.startsWith('/Workloads') && guardrail.calls.length > 0;
  const outcome = outcomeOf(random(), isEnforced, guardrail.calls.length > 0);
  const isViolation = outcome !== 'nothing' && outcome !== 'undetermined';
  const detectMs = Math.floor(1500 + random() ** 6 * 400_000 + random() * 4000);
  const isRepaired = outcome === 'repaired';
  const made = isRepaired || outcome === 'failed' || outcome === 'partly' ? guardrail.calls : [];
  return {
    ...{ guardrail: guardrail.id, severity: guardrail.severity, account, unit: ouPath, outcome },
    accountName: name,
    resource: guardrail.arn(account, Math.floor(random() * 9)),
    reason: reasonOf(outcome, guardrail.reason),
    call: guardrail.call,
    mode: isEnforced ? 'enforce' : 'shadow',
    called: start + Math.floor(random() * (DAY_MS - 600_000)),
    detectMs,
    ...(isRepaired ? { repairMs: detectMs + Math.floor(600 + random() * 1500) } : {}),
    ...(isViolation ? { planned: guardrail.calls } : {}),
    ...(outcome === 'waived'
      ? { because: 'waiver WVR-17: public downloads, until 2026-06-30' }
      : {}),
    caller: `arn:aws:iam::${account}:role/${['Deployer', 'Admin', 'Pipeline'][Math.floor(random() * 3)]}`,
    made: made.map((operation, i) =>
      outcome !== 'repaired' && i === made.length - 1
        ? { operation, error: 'AccessDenied' }
        : { operation },
    ),
    ...(guardrail.id === 's3.bucket-public' && isViolation ? states(isRepaired) : {}),
  };
}

function outcomeOf(chance: number, isEnforced: boolean, canRepair: boolean): Outcome {
  if (chance < 0.55) return 'nothing';
  if (chance < 0.57) return 'undetermined';
  if (chance < 0.6) return 'waived';
  if (!canRepair) return 'observed';
  if (!isEnforced) return 'shadowed';
  return chance < 0.965 ? 'repaired' : chance < 0.985 ? 'failed' : 'partly';
}

const reasonOf = (outcome: Outcome, reason: string): string =>
  outcome === 'nothing'
    ? 'it is as it should be'
    : outcome === 'undetermined'
      ? 'the state was refused: denied (AccessDenied)'
      : reason;

function states(isRepaired: boolean) {
  const own = { Grantee: { Type: 'CanonicalUser', ID: 'f00d' }, Permission: 'FULL_CONTROL' };
  const everyone = {
    Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
    Permission: 'READ',
  };
  const block = { BlockPublicAcls: true, IgnorePublicAcls: true };
  const before = JSON.stringify({ acl: { Owner: { ID: 'f00d' }, Grants: [own, everyone] } });
  const after = JSON.stringify({ acl: { Owner: { ID: 'f00d' }, Grants: [own] }, block });
  return { before, ...(isRepaired ? { after } : {}) };
}
