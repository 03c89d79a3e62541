import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { unzipSync } from 'fflate';
import { deploymentOf } from '#config';
import { parseShard, shareOf } from '#stacks/shard';
import { configuration, LOG_ARCHIVE, MANAGEMENT, SECURITY, SHOP } from './organization';
import { readStack, stackIds, synthesise } from './synthesised';

/** Every file below a folder, by relative path. */
function filesBelow(folder: string): ReadonlyMap<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();
  return new Map(paths.map((path) => [relative(folder, path), readFileSync(path)]));
}

const OWN_STACKS = new Map([
  ['log-archive', LOG_ARCHIVE],
  ['management', MANAGEMENT],
  ['security', SECURITY],
]);

describe('the app', () => {
  it('makes the same bytes of the same input, zips too', () => {
    const [one, other] = [filesBelow(synthesise()), filesBelow(synthesise())];

    expect([...one.keys()]).toEqual([...other.keys()]);
    const different = [...one].filter(([path, bytes]) => !other.get(path)?.equals(bytes));
    expect(different.map(([path]) => path)).toEqual([]);
    expect([...one.keys()].filter((path) => path.endsWith('.zip')).length).toBeGreaterThan(0);
  });

  it('gives each function its code and the resolved configuration', () => {
    const outdir = synthesise();
    const lambda = readStack(outdir, 'security').resource.aws_lambda_function;

    const zip = readFileSync(
      join(outdir, 'stacks', 'security', lambda?.['respond-s3_function'].filename),
    );
    const files = unzipSync(zip);
    expect(Object.keys(files)).toEqual(['index.js', 'deployment.json']);
    expect(JSON.parse(Buffer.from(files['deployment.json'] ?? []).toString())).toEqual(
      deploymentOf(configuration),
    );
  });

  it('deploys archive, security, members, and the management stack after its own member stack', () => {
    const outdir = synthesise();
    const { stacks } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));

    expect(stacks['log-archive'].dependencies).toEqual([]);
    expect(stacks.security.dependencies).toEqual(['log-archive']);
    for (const account of [MANAGEMENT, SECURITY, LOG_ARCHIVE, SHOP])
      expect(stacks[`member-${account}`].dependencies).toEqual(['security']);
    expect(stacks.management.dependencies.toSorted()).toEqual([
      'log-archive',
      `member-${MANAGEMENT}`,
      'security',
    ]);
  });

  it('keeps the management account in the first share, whatever its id', () => {
    const accounts = configuration.accounts.toReversed();
    const outdir = synthesise({
      configuration: { ...configuration, accounts },
      shard: { index: 1, of: 4 },
    });

    expect(stackIds(outdir)).toEqual([
      'log-archive',
      'management',
      `member-${MANAGEMENT}`,
      'security',
    ]);
  });

  it('changes only the security stack when a mode changes', () => {
    const before = filesBelow(synthesise());
    const after = filesBelow(
      synthesise({
        configuration: {
          ...configuration,
          modes: [{ guardrail: 's3.bucket-public', on: '/Workloads', mode: 'enforce' }],
        },
      }),
    );

    const changed = [...after].filter(([path, bytes]) => !before.get(path)?.equals(bytes));
    const folders = new Set(changed.map(([path]) => path.split('/').slice(0, 2).join('/')));
    folders.delete('bundles/parapet-respond-s3.zip');
    expect([...folders].filter((folder) => folder.startsWith('stacks/'))).toEqual([
      'stacks/security',
    ]);
  });

  it('splits into shares that are disjoint and together whole; the first has all other stacks', () => {
    const shares = [1, 2, 3].map((index) => stackIds(synthesise({ shard: { index, of: 3 } })));

    expect(shares).toEqual([
      ['log-archive', 'management', `member-${MANAGEMENT}`, `member-${SHOP}`, 'security'],
      [`member-${SECURITY}`],
      [`member-${LOG_ARCHIVE}`],
    ]);
  });

  it('shows every provider to whoever wants to change it', () => {
    const seen: string[] = [];

    synthesise({
      onProvider: (provider, { account, region }) => {
        provider.addOverride('access_key', account);
        seen.push(`${account} ${region}`);
      },
    });

    expect(seen).toEqual([
      `${LOG_ARCHIVE} eu-central-1`,
      `${SECURITY} eu-central-1`,
      `${MANAGEMENT} us-east-1`,
      `${MANAGEMENT} eu-central-1`,
      // Its own provider writes its entry in the directory.
      ...[`${MANAGEMENT} us-east-1`, `${MANAGEMENT} eu-central-1`, `${SECURITY} eu-central-1`],
      ...[`${SECURITY} us-east-1`, `${SECURITY} eu-central-1`],
      ...[`${LOG_ARCHIVE} us-east-1`, `${LOG_ARCHIVE} eu-central-1`, `${SECURITY} eu-central-1`],
      ...[`${SHOP} us-east-1`, `${SECURITY} eu-central-1`],
    ]);
  });

  it('tags all it makes, and lets no provider into another account', () => {
    const outdir = synthesise();

    for (const id of stackIds(outdir))
      for (const provider of readStack(outdir, id).provider.aws) {
        const isSecurity = id === 'security' || provider.alias === 'security';
        const account = isSecurity ? SECURITY : (OWN_STACKS.get(id) ?? id.replace('member-', ''));
        expect(provider.allowed_account_ids).toEqual([account]);
        expect(provider.default_tags).toEqual([
          { tags: { Application: 'parapet', 'parapet:stack': id } },
        ]);
      }
  });

  it('keeps one local state a stack, in the folder beside parapet.yaml', () => {
    const { terraform } = readStack(synthesise(), `member-${SHOP}`);

    expect(terraform.backend).toEqual({
      local: { path: `/organization/state/member-${SHOP}.tfstate` },
    });
  });

  it('keeps one locked and encrypted state a stack in S3', () => {
    const state = {
      ...{ backend: 's3' as const, bucket: 'states', region: 'eu-central-1' },
      ...{ keyPrefix: 'parapet/', roleArn: `arn:aws:iam::${SECURITY}:role/State` },
    };
    const { terraform } = readStack(
      synthesise({ configuration: { ...configuration, state } }),
      `member-${SHOP}`,
    );

    expect(terraform.backend).toEqual({
      s3: {
        bucket: 'states',
        region: 'eu-central-1',
        key: `parapet/member-${SHOP}.tfstate`,
        encrypt: true,
        use_lockfile: true,
        assume_role: { role_arn: `arn:aws:iam::${SECURITY}:role/State` },
      },
    });
  });

  it('says what to do where a service has no entry', () => {
    expect(() => synthesise({ entries: __dirname })).toThrow('npm run gen');
  });
});

describe('a share', () => {
  it.each(['1/1', '2/4', '12/12'])('can be %s', (text) => {
    const [index, of] = text.split('/').map(Number);

    expect(parseShard(text)).toEqual({ index, of });
  });

  it.each(['', '0/4', '5/4', '1', '1/0', '1/4/2', 'a/b', '-1/4'])('cannot be %j', (text) => {
    expect(() => parseShard(text)).toThrow('PARAPET_SHARD');
  });

  it('takes every nth thing', () => {
    expect(shareOf(['a', 'b', 'c', 'd', 'e'], { index: 2, of: 2 })).toEqual(['b', 'd']);
  });
});
