import {
  type AccountFacts,
  type Answer,
  type Deployment,
  isObject,
  type Json,
  type JsonObject,
  parseTrailEvent,
  textAt,
  UnjudgeableEvent,
} from '#core';
import { publicStatements } from '#core/policy-document';
import { type Handled, handle } from '#engine';
import { guardrails } from '#policies/guardrails/index';
import { deployment } from '../support/deployment';
import { memory } from '../support/memory';
import {
  hasCorpus,
  mended,
  type RecordedEvent,
  recordedEvents,
  wrapped,
} from '../support/recorded-events';

const member: AccountFacts = { name: 'member', kind: 'member', ouPath: '/' };
/** An organization that has every account the corpus names. */
const everyone: Deployment = deployment({
  organization: {
    id: 'o-example1234',
    accounts: new Proxy(
      {},
      {
        get: () => member,
        getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: member }),
      },
    ),
  },
});

const found = (value: Json): Answer => ({ kind: 'found', value });
const EVERYONE = { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' };

/** A world in which each bucket is open and no queue has a tag: whatever is judged is repaired. */
function worst() {
  const answers: Readonly<Record<string, Answer>> = {
    's3:GetBucketAcl': found({
      Owner: { ID: 'f00d' },
      Grants: [{ Grantee: EVERYONE, Permission: 'READ' }],
    }),
    's3:GetBucketPolicy': { kind: 'absent' },
    's3:GetPublicAccessBlock': { kind: 'absent' },
    'sqs:ListQueueTags': found({}),
  };
  return memory({
    guardrails,
    deployment: everyone,
    ports: {
      look: async ({ operation }) => answers[operation] ?? { kind: 'absent' },
      async *act(plan) {
        for (const call of plan) yield { call, requestId: '', answer: found({}), at: '' };
      },
    },
  });
}

/** What becomes of an event, or the reason why nothing can. */
async function fate(event: JsonObject): Promise<readonly Handled[] | string> {
  try {
    return await handle(parseTrailEvent(JSON.stringify(event)), worst().engine, {
      isLastTry: true,
    });
  } catch (error) {
    if (!(error instanceof UnjudgeableEvent)) throw error;
    return error.message;
  }
}

const decisionsOf = (handled: readonly Handled[] | string) =>
  typeof handled === 'string'
    ? []
    : handled.flatMap((one) => (one.kind === 'decided' ? [one.decision] : []));

const title = ({ from, label }: RecordedEvent) => `${from} ${textAt(label, 'label') ?? ''}`;
const idsOf = ({ label }: RecordedEvent): readonly Json[] =>
  Array.isArray(label.catalog_ids) ? label.catalog_ids : [];

(hasCorpus ? describe : describe.skip)('of the recorded events', () => {
  test('there are as many as the corpus promises', () => {
    expect(recordedEvents('events')).toHaveLength(1178);
    expect(recordedEvents('curated')).toHaveLength(662);
  });

  test('each, as it is, is judged or refused with a reason', async () => {
    const counts = { judged: 0, refused: 0 };
    for (const one of [...recordedEvents('events'), ...recordedEvents('curated')]) {
      const became = await fate(wrapped(one.record));
      if (typeof became === 'string')
        expect(became).toMatch(/^not a CloudTrail event|names no possible/);
      counts[typeof became === 'string' ? 'refused' : 'judged']++;
    }

    expect(counts.judged).toBeGreaterThan(1600);
    expect(counts.refused).toBeGreaterThan(10);
  });

  test('each that carries an error code leads to no decision', async () => {
    const failed = [...recordedEvents('events'), ...recordedEvents('curated')].filter(
      ({ record }) => record.errorCode != null && record.errorCode !== '',
    );

    for (const { record } of failed) expect(decisionsOf(await fate(mended(record)))).toEqual([]);
    expect(failed.length).toBeGreaterThan(300);
  });

  test('none of those that must not be remediated leads to a plan', async () => {
    for (const { record } of recordedEvents('curated', 'must-not-remediate-failed'))
      for (const decision of decisionsOf(await fate(mended(record))))
        expect({ planned: decision.planned, made: decision.made }).toEqual({
          planned: [],
          made: [],
        });
  });

  test('none that is mere noise leads to a write', async () => {
    for (const { record } of recordedEvents('curated', 'noise'))
      expect(decisionsOf(await fate(mended(record))).flatMap(({ made }) => made)).toEqual([]);
  });
});

const NAMES: Readonly<Record<string, string>> = {
  'S3-01': 's3.bucket-public',
  'S3-03': 's3.bucket-public',
  'S3-04': 's3.bucket-public',
  'S3-12': 's3.bucket-public',
  'IAM-17': 'signin.root-login',
};
const labelled = recordedEvents('curated', 'catalog').flatMap((one) =>
  idsOf(one).flatMap((id) =>
    NAMES[String(id)] ? [[`${title(one)} (${id})`, one, NAMES[String(id)]] as const] : [],
  ),
);

(labelled.length > 0 ? describe : describe.skip)('a labelled event wakes its guardrail:', () => {
  test.each(labelled)('%s', async (_, { record }, guardrail) => {
    const became = await fate(mended(record));

    const handled = typeof became === 'string' ? [] : became;
    const reasons = handled.flatMap((one) =>
      one.kind === 'ignored' && one.guardrail === guardrail ? [one.reason] : [],
    );
    expect(typeof became).toBe('object');
    expect(reasons).not.toContain('the call is none of its triggers');
    const names = textAt(record, 'requestParameters', 'bucketName') !== undefined;
    const isRoot = textAt(record, 'userIdentity', 'type') === 'Root';
    if (guardrail === 's3.bucket-public') expect(decisionsOf(became)).toHaveLength(names ? 1 : 0);
    else
      expect(decisionsOf(became).map(({ verdict }) => verdict.verdict)).toEqual(
        isRoot
          ? [
              textAt(record, 'responseElements', 'ConsoleLogin') === 'Success'
                ? 'violates'
                : 'complies',
            ]
          : [],
      );
  });
});

/** The policy of a request, wherever the service writes it: as an object or as text. */
function policyOf(request: Json | undefined): string | undefined {
  if (!isObject(request)) return undefined;
  const attributes = isObject(request.attributes) ? request.attributes.Policy : undefined;
  const { bucketPolicy, policy, resourcePolicy, policyText, accessPolicies } = request;
  const found = [bucketPolicy, attributes, resourcePolicy, policyText, accessPolicies, policy].find(
    (one) => isObject(one) || typeof one === 'string',
  );
  return typeof found === 'string' ? found : found && JSON.stringify(found);
}

const madePublic = recordedEvents('events', 'panther').flatMap((one) => {
  const policy = policyOf(one.record.requestParameters);
  return one.label.rule === 'AWS.CloudTrail.ResourceMadePublic' &&
    policy !== undefined &&
    !one.record.errorCode
    ? [[title(one), policy, one.label.expected === true] as const]
    : [];
});

(madePublic.length > 0 ? describe : describe.skip)(
  'a policy is public where others say so:',
  () => {
    test.each(madePublic)('%s', (_, policy, isPublic) => {
      expect(publicStatements(policy).length > 0).toBe(isPublic);
    });
  },
);
