import { decisionRow, decisionsOn, moment, put, type Said } from './made-lake';
import { framework, newFolder, reportOf } from './made-report';

const lake = newFolder();
const bucket = 'arn:aws:s3:::orders';

/** Three days: a bucket opened and repaired twice, one that stays open, one waived, a root login. */
const SAID: readonly Said[] = [
  {
    ...{ resource: bucket, called: moment('03-10T08:00:00'), outcome: 'repaired' },
    ...{ detectMs: 4000, repairMs: 6000, made: [{ operation: 's3:PutBucketAcl' }] },
  },
  {
    ...{ resource: bucket, called: moment('03-10T09:00:00'), outcome: 'repaired' },
    ...{ detectMs: 8000, repairMs: 10_000, made: [{ operation: 's3:PutBucketAcl' }] },
  },
  { resource: bucket, called: moment('03-10T09:05:00'), outcome: 'nothing' },
  {
    ...{ resource: 'arn:aws:s3:::open', called: moment('03-11T08:00:00'), outcome: 'failed' },
    ...{ detectMs: 600_000, made: [{ operation: 's3:PutBucketAcl', error: 'AccessDenied' }] },
    ...{ before: '{"acl":"public"}', after: '{"acl":"public"}' },
  },
  {
    ...{ resource: 'arn:aws:s3:::site', called: moment('03-11T09:00:00'), outcome: 'waived' },
    ...{ because: 'waiver W-1', detectMs: 2000 },
  },
  {
    ...{ account: '555555555555', accountName: 'shop-test', unit: '/Workloads/Test' },
    ...{ resource: 'arn:aws:s3:::blind', called: moment('03-11T10:00:00') },
    ...{ outcome: 'undetermined', mode: 'shadow' },
  },
  {
    ...{ guardrail: 'signin.root-login', severity: 4, resource: 'arn:aws:iam::444444444444:root' },
    ...{ called: moment('03-11T11:00:00'), outcome: 'observed', detectMs: 3000 },
  },
];

put(lake, `${decisionsOn('03-10')}/a.ndjson`, SAID.slice(0, 3).map(decisionRow));
put(lake, `${decisionsOn('03-11')}/a.ndjson`, SAID.slice(3).map(decisionRow));

const accounts = [
  { id: '444444444444', name: 'shop-prod', ouPath: '/Workloads/Prod' },
  { id: '555555555555', name: 'shop-test', ouPath: '/Workloads/Test' },
  { id: '666666666666', name: 'quiet', ouPath: '/Sandbox' },
];

const NONE = { decisions: 0, violations: 0, repairs: 0, open: 0 };

test('a resource stands as its latest decision left it; decisions count each', async () => {
  const { totals } = await reportOf(lake, { accounts });

  expect(totals).toMatchObject({
    ...{ decisions: 7, violations: 5, repairs: 2 },
    ...{ open: 2, waived: 1, undetermined: 1, repaired: 0, passing: 1 },
  });
});

test('a control fails by what stands open, not by what was seen while it watches', async () => {
  const { controls } = await reportOf(lake, { accounts });
  const of = (id: string) => controls.find((one) => one.id === id);

  expect(of('2.1.4')).toMatchObject({
    status: 'failing',
    open: 1,
    title: 'Buckets block public access',
  });
  expect(of('1.6')).toMatchObject({ status: 'failing', open: 1 });
  expect(of('4.3')).toMatchObject({ status: 'passing', open: 0 });
  expect(of('1.1')).toMatchObject({ status: 'not-assessed', servedBy: [] });
});

test('watching is undetermined where the guardrail could not judge', async () => {
  const { controls, guardrails } = await reportOf(lake, {
    accounts,
    period: { from: '2026-03-11', to: '2026-03-11' },
  });

  expect(guardrails.find(({ id }) => id === 's3.bucket-public')).toMatchObject({
    status: 'failing',
    isInstalled: true,
  });
  expect(controls.find(({ id }) => id === '4.8')?.status).toBe('passing');
});

test('a control whose guardrail is not installed is not assessed, and says who would serve it', async () => {
  const { controls, guardrails } = await reportOf(lake, { accounts, guardrails: [] });

  expect(controls.find(({ id }) => id === '5.3')).toMatchObject({
    status: 'not-assessed',
    servedBy: [{ guardrail: 'ec2.security-group-open', isInstalled: false }],
  });
  // Those that left decisions are told of, though they are gone.
  expect(guardrails.map(({ id, isInstalled }) => [id, isInstalled])).toEqual([
    ['s3.bucket-public', false],
    ['signin.root-login', false],
  ]);
});

test('what only supports a control neither passes nor fails it', async () => {
  const { controls } = await reportOf(lake, { accounts, framework: framework('nist-800-53-r5') });

  expect(controls.find(({ id }) => id === 'AC-3')?.status).toBe('not-assessed');
  expect(controls.find(({ id }) => id === 'SC-7')?.status).toBe('failing');
});

test('accounts of the snapshot that nothing tells of are there, and are no pass', async () => {
  const { accounts: rows, completeness } = await reportOf(lake, { accounts });

  expect(rows.find(({ account }) => account === '666666666666')).toMatchObject({
    ...{ name: 'quiet', unit: '/Sandbox', status: 'no-activity', standing: NONE },
  });
  expect(completeness).toMatchObject({ accountsSeen: 2, accountsSilent: ['666666666666'] });
});

test('units hold all below them', async () => {
  const { units } = await reportOf(lake, { accounts });

  expect(
    units.map(({ path, depth, accounts: count, standing }) => [path, depth, count, standing.open]),
  ).toEqual([
    ['/', 0, 3, 2],
    ['/Sandbox', 1, 1, 0],
    ['/Workloads', 1, 2, 2],
    ['/Workloads/Prod', 2, 1, 2],
    ['/Workloads/Test', 2, 1, 0],
  ]);
});

test('each day has a row, and one without data says so', async () => {
  const { trend } = await reportOf(lake, { accounts });

  expect(trend).toEqual([
    {
      day: '2026-03-10',
      hasData: true,
      complies: 1,
      repaired: 2,
      waived: 0,
      undetermined: 0,
      unrepaired: 0,
    },
    {
      day: '2026-03-11',
      hasData: true,
      complies: 0,
      repaired: 0,
      waived: 1,
      undetermined: 1,
      unrepaired: 2,
    },
    {
      day: '2026-03-12',
      hasData: false,
      complies: 0,
      repaired: 0,
      waived: 0,
      undetermined: 0,
      unrepaired: 0,
    },
  ]);
});

test('percentiles are exact: of 2, 3, 4, 8 and 600 seconds', async () => {
  const { waits } = await reportOf(lake, { accounts });
  const all = (kind: string) => waits.find((one) => one.scope === 'all' && one.kind === kind);

  expect(all('detect')).toMatchObject({ count: 5, p50: 4000, p90: 600_000, p99: 600_000, slow: 1 });
  expect(all('repair')).toMatchObject({ count: 2, p50: 6000, p90: 10_000, slow: 0 });
  expect(all('delivery')).toMatchObject({ count: 5, p50: 2000 });
  expect(
    waits
      .filter(({ kind, scope }) => kind === 'detect' && scope === 'severity')
      .map(({ of }) => of),
  ).toEqual(['critical', 'high']);
});

test('what comes again, what is exempt and who calls is told', async () => {
  const { recurrences, exceptions, principals } = await reportOf(lake, { accounts });

  expect(recurrences).toEqual([
    {
      ...{ guardrail: 's3.bucket-public', account: '444444444444', resource: bucket },
      ...{ violations: 2, lastOutcome: 'nothing' },
    },
  ]);
  expect(exceptions).toMatchObject([
    {
      resource: 'arn:aws:s3:::site',
      because: 'waiver W-1',
      hits: 1,
      first: '2026-03-11T09:00:02.200Z',
    },
  ]);
  expect(principals).toEqual([
    { principal: 'arn:aws:iam::444444444444:role/Deployer', violations: 5 },
  ]);
});

test('decisions that need somebody come first, with calls, states and the next step’s facts', async () => {
  const { decisions, listed } = await reportOf(lake, { accounts });

  expect(decisions.map(({ outcome }) => outcome)).toEqual([
    ...['failed', 'undetermined', 'observed', 'repaired', 'repaired', 'waived', 'nothing'],
  ]);
  expect(decisions[0]).toMatchObject({
    resource: 'arn:aws:s3:::open',
    detectMs: 600_000,
    made: [{ operation: 's3:PutBucketAcl', error: 'AccessDenied', at: '2026-03-11T08:10:00.100Z' }],
    before: '{"acl":"public"}',
    after: '{"acl":"public"}',
    call: { name: 'PutBucketAcl', source: 's3.amazonaws.com' },
  });
  expect(listed.find(({ outcome }) => outcome === 'repaired')).toEqual({
    ...{ outcome: 'repaired', decisions: 2, listed: 2 },
  });
});

test('the sample is all where there is little, and the same each time', async () => {
  const [one, other] = [await reportOf(lake, { accounts }), await reportOf(lake, { accounts })];

  expect(one.sample.decisions).toHaveLength(7);
  expect(one.sample.seed).toBe('cis-5.0 2026-03-10 2026-03-12');
  expect(other).toEqual(one);
});

test('a new version and a new mode of a guardrail are changes', async () => {
  const changing = newFolder();
  put(changing, `${decisionsOn('03-10')}/a.ndjson`, [
    decisionRow({ called: moment('03-10T08:00:00'), mode: 'shadow' }),
  ]);
  put(changing, `${decisionsOn('03-11')}/a.ndjson`, [
    decisionRow({ called: moment('03-11T08:00:00'), mode: 'enforce' }),
    decisionRow({ called: moment('03-11T09:00:00'), mode: 'enforce', version: 2 }),
  ]);

  const { changes } = await reportOf(changing);

  expect(changes.map(({ day, what, detail }) => `${day} ${what}: ${detail}`)).toEqual([
    '2026-03-10 first decision: version 1, shadow',
    '2026-03-11 mode: enforce',
    '2026-03-11 version: version 2',
  ]);
});

test('an account that moved stands where its latest decision found it', async () => {
  const moving = newFolder();
  put(moving, `${decisionsOn('03-10')}/a.ndjson`, [
    decisionRow({ called: moment('03-10T08:00:00'), unit: '/Sandbox' }),
    decisionRow({ called: moment('03-10T09:00:00'), unit: '/Workloads/Prod' }),
  ]);

  const { accounts: rows } = await reportOf(moving);

  expect(rows.map(({ unit }) => unit)).toEqual(['/Workloads/Prod']);
});
