import { at, textAt } from '#core';
import type { DecisionSummary } from '#engine';
import { decisionWatch } from '#sandbox/decisions';
import { accountOf } from '#sandbox/drive';
import { lakeOf } from './lake';
import { mailbox } from './mailbox';
import { complaints, received } from './receiver';
import { type Violation, violateAll } from './violations';
import { until, worldIn } from './world';

const world = worldIn();
const { sandbox, decided } = world;
const lake = lakeOf(sandbox);

/** What the directory says of the accounts that violate. */
const PLACES = {
  'shop-prod': { ouPath: '/Workloads/Prod', owner: 'workloads-team' },
  'sandbox-ana': { ouPath: '/Sandbox', owner: 'nobody is named' },
} as const;

const DONE = {
  repaired: 'It was repaired.',
  observed: 'Nothing was changed: there is nothing to repair.',
  shadowed: 'Nothing was changed: the mode is shadow.',
} as const;

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** By guardrail, and account where it is not production. */
const CASES = [
  's3.bucket-public',
  'sqs.queue-untagged',
  'ec2.security-group-open',
  'cloudtrail.logging-stopped',
  'iam.user-created',
  'iam.access-key-created',
  'signin.root-login',
  's3.bucket-public in shadow',
] as const;

/** A pipe hands on what its template makes, quotes and all; the emulator puts it into quotes again. */
const unquoted = (text: string): string =>
  text.startsWith('"') ? unquoted(JSON.parse(text)) : text;

interface Told extends Violation {
  readonly accountId: string;
  readonly decision: DecisionSummary;
}

const told = new Map<string, Told>();
const of = (name: string): Told => {
  const found = told.get(name);
  if (found === undefined) throw new Error(`${name} was not violated`);
  return found;
};
let start = '';
/** Of forgeries that other suites play. */
let refusedBefore: readonly string[] = [];
let mail: Awaited<ReturnType<typeof mailbox>>;

beforeAll(async () => {
  start = new Date().toISOString();
  refusedBefore = await lake.keysBelow('failed/');
  mail = await mailbox(sandbox);
  for (const one of await violateAll(world)) {
    const isIt = ({ guardrail, verdict }: DecisionSummary) =>
      guardrail === one.guardrail && verdict === 'violates';
    const decision = await decided(one.resource, isIt);
    const name = one.outcome === 'shadowed' ? `${one.guardrail} in shadow` : one.guardrail;
    told.set(name, { ...one, decision, accountId: accountOf(sandbox, one.account) });
  }
}, 300_000);

describe.each(CASES)('a violation of %s', (name) => {
  test('is a decision in the table', () => {
    const { decision, guardrail, accountId, region, reason, outcome, account } = of(name);

    expect(decision).toMatchObject({
      ...{ guardrail, account: accountId, region, verdict: 'violates', reason, outcome },
      ouPath: PLACES[account].ouPath,
    });
  });

  test('is a row of the lake, in the log-archive account', async () => {
    const { decision, ...one } = of(name);

    const row = await until(async () =>
      (await lake.rows(2003)).find((each) => textAt(each, 'metadata', 'uid') === decision.id),
    );

    expect(row).toMatchObject({
      ...{ class_uid: 2003, class_name: 'Compliance Finding', status_code: one.outcome },
      message: `${one.title}: ${one.reason}`,
      cloud: {
        region: one.region,
        account: { uid: one.accountId, name: one.account },
        org: { uid: sandbox.organization, ou_name: PLACES[one.account].ouPath },
      },
      compliance: { control: one.guardrail },
      resources: [{ uid: one.resource }],
      unmapped: { verdict: 'violates', outcome: one.outcome },
    });
  });

  test('is known by its call: the row of the event lies in the lake too', async () => {
    const { decision } = of(name);

    const row = await until(async () =>
      (await lake.rows(6003)).find(
        (each) => textAt(each, 'metadata', 'correlation_uid') === decision.eventID,
      ),
    );

    expect(at(row, 'cloud', 'account')).toEqual({
      uid: of(name).accountId,
      name: of(name).account,
    });
  });

  test('is sent to the SIEM', async () => {
    const { decision, guardrail, accountId } = of(name);

    const record = await until(async () => received().find(({ uid }) => uid === decision.id));

    expect(record).toMatchObject({
      ...{ kind: 'decision', account: accountId },
      content: { source: 'parapet', detail: { id: decision.id, guardrail, verdict: 'violates' } },
    });
  });

  test('is told to people, with name, OU path and owner of the account', async () => {
    const { decision, ...one } = of(name);
    const { ouPath, owner } = PLACES[one.account];
    const again = one.outcome === 'shadowed' ? ' It is looked at again in 30 minutes.' : '';

    const message = await until(async () =>
      (await mail.messages()).find((text) => text.includes(decision.id)),
    );

    expect(unquoted(message)).toBe(
      `Violation: ${one.title} (${one.guardrail}, ${one.severity}). Account ${one.accountId} (${one.account}), OU ${ouPath}, owner: ${owner}. ${sentence(one.reason)} Resource: ${one.resource}. ${DONE[one.outcome]}${again} Decision ${decision.id}.`,
    );
  });
});

test('no decision of that time is missing in the lake or at the SIEM', async () => {
  const made = (await decisionWatch(sandbox).fresh()).filter(
    ({ at: { recorded = '' } }) => recorded >= start,
  );

  expect(made.length).toBeGreaterThanOrEqual(CASES.length);
  await until(async () => {
    const inLake = new Set((await lake.rows(2003)).map((row) => textAt(row, 'metadata', 'uid')));
    const atSiem = new Set(received().map(({ uid }) => uid));
    return made.every(({ id }) => inLake.has(id) && atSiem.has(id));
  });
});

test('the receiver has nothing to complain of', () => {
  expect(complaints()).toEqual([]);
});

test('no row was refused on its way into the lake', async () => {
  expect(await lake.keysBelow('failed/')).toEqual(refusedBefore);
});
