import { type Answer, type Decision, type JsonObject, UserError } from '#core';
import { filledIn } from './answers';
import { defaultBus } from './delivery';
import { effects } from './effects';
import type { Journey } from './journey';
import type { CallStep, ForgedStep, Principal, RecordStep, Scenario, Step } from './scenario';
import { envelopeOf } from './trail';
import type { Twin } from './twin';
import { unmetBy } from './unmet';

/** What one step of a scenario led to. */
export interface StepResult {
  readonly step: Step;
  readonly at: string;
  /** The step's own event first, then those of the repairs it led to. */
  readonly journeys: readonly Journey[];
  readonly decisions: readonly Decision[];
  /** Why the step's event led to no judgement, where it did not. */
  readonly stopped?: string;
  /** Expectations of the step that do not hold. */
  readonly unmet: readonly string[];
}

/** Between two steps, milliseconds: they are told apart in the timeline. */
const PAUSE_MS = 30_000;

/** Runs a scenario step by step, each until nothing is on its way any more. */
export async function runScenario(
  scenario: Scenario,
  twin: Twin,
  onStep: (result: StepResult) => void = () => {},
): Promise<readonly StepResult[]> {
  const past: Past = { records: new Map(), answers: new Map() };
  const results: StepResult[] = [];
  for (const step of scenario.steps) {
    twin.clock.pass(PAUSE_MS);
    const at = twin.clock.now().toISOString();
    const refusal = take(step, twin, past);
    const journeys = refusal === undefined ? await twin.settle() : [];
    const decisions = journeys.flatMap(({ handled }) =>
      handled.flatMap((one) => (one.kind === 'decided' ? [one.decision] : [])),
    );
    const reason = refusal ?? stopOf(journeys[0]);
    const seen = { step, at, journeys, decisions, ...(reason ? { stopped: reason } : {}) };
    const result = { ...seen, unmet: unmetBy(step, decisions, reason) };
    onStep(result);
    results.push(result);
  }
  return results;
}

function stopOf(journey: Journey | undefined): string | undefined {
  if (!journey || journey.handled.length > 0) return undefined;
  return journey.hops.find(({ passed }) => !passed)?.what;
}

/** What earlier steps left behind, by their ids. */
interface Past {
  readonly records: Map<string, JsonObject>;
  readonly answers: Map<string, unknown>;
}

/** Does what the step says; a reason where AWS would refuse it at once. */
function take(step: Step, twin: Twin, { records, answers }: Past): string | undefined {
  const account = accountOf(step.in, twin);
  if ('call' in step) {
    const answer = takeCall(
      { ...step, input: filledIn(step.input as JsonObject, answers) },
      account,
      twin,
    );
    if (step.id !== undefined && answer.kind === 'found') answers.set(step.id, answer.value);
    return undefined;
  }
  if ('put' in step) return takeForged(step, account, twin);
  const record = 'again' in step ? records.get(step.again) : envelopeFor(step, account, twin);
  if (!record)
    throw new UserError(`no earlier step has the id ${'again' in step ? step.again : ''}`);
  if ('record' in step && step.id !== undefined) records.set(step.id, record);
  twin.put(record, defaultBus(account, step.region));
  return undefined;
}

function accountOf(name: string, { names }: Twin): string {
  if (/^\d{12}$/.test(name)) return name;
  const found = [...names].find(([, known]) => known === name)?.[0];
  if (found === undefined) throw new UserError(`no account is named ${name}`);
  return found;
}

const envelopeFor = (
  { record, region }: RecordStep,
  account: string,
  { clock }: Twin,
): JsonObject => envelopeOf(record as JsonObject, { account, region, at: clock.now() });

/** A call whose input has no placeholders left. */
type ReadyCall = Omit<CallStep, 'input'> & { readonly input: JsonObject };

function takeCall({ call, by, region, input }: ReadyCall, account: string, twin: Twin): Answer {
  if (call === 'iam:DeleteRolePolicy') dropRolePolicy(input, account, twin);
  if (!effects[call]) throw new UserError(`the twin does not know what ${call} does`);
  const on = { type: '', arn: '', account, region };
  return twin.call({ operation: call, input, on }, callerOf(by, account));
}

/** The deployment's own roles are state too: who takes a policy from one changes the deployment. */
function dropRolePolicy(input: JsonObject, account: string, { deployed }: Twin): void {
  const arn = `arn:aws:iam::${account}:role/${input.RoleName}`;
  const role = deployed.roles.get(arn);
  const name = String(input.PolicyName);
  if (!role?.policies.has(name)) throw new UserError(`${arn} has no policy ${name}`);
  const policies = new Map(role.policies);
  policies.delete(name);
  deployed.roles.set(arn, { ...role, policies });
}

function takeForged({ put, by, region }: ForgedStep, account: string, twin: Twin) {
  if (put.source.startsWith('aws.'))
    return 'PutEvents refuses sources that begin with aws.: only AWS services have them';
  const [security] = [...twin.deployed.buses];
  const onSecurity = put.on === 'security' && security !== undefined;
  const bus = onSecurity ? security[0] : defaultBus(account, region);
  const ruling = twin.authority.administrator(
    {
      roleArn: `arn:aws:iam::${account}:role/${by.role ?? 'Admin'}`,
      sessionName: by.session ?? 'x',
    },
    {
      action: 'events:PutEvents',
      resource: bus,
      resourceAccount: bus.split(':')[4] ?? '',
      region,
      context: { 'events:source': [put.source], 'events:detail-type': [put['detail-type']] },
    },
    onSecurity ? security[1].policy : undefined,
  );
  if (!ruling.allowed) return `the bus policy keeps it out: ${ruling.reason}`;
  const { source, 'detail-type': type, detail } = put;
  const time = twin.clock.now().toISOString();
  const event = { version: '0', account, region, time, source, 'detail-type': type, detail };
  twin.put(event as JsonObject, bus);
  return undefined;
}

function callerOf({ role, session, user, root }: Principal, account: string): JsonObject {
  if (root) return { type: 'Root', arn: `arn:aws:iam::${account}:root`, accountId: account };
  if (user !== undefined)
    return {
      type: 'IAMUser',
      arn: `arn:aws:iam::${account}:user/${user}`,
      accountId: account,
      userName: user,
    };
  const issuer = `arn:aws:iam::${account}:role/${role}`;
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    accountId: account,
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: issuer, accountId: account, userName: role ?? '' },
      attributes: { mfaAuthenticated: 'false' },
    },
  };
}
