import { S3Client } from '@aws-sdk/client-s3';
import { lakeAddress, lakeBucket } from '#aws/lake';
import { decisionRow } from '#lake/decision-row';
import { linesOf } from '#lake/write';
import { compactBucket } from '../../src/cli/lake/compact-bucket';
import { bucketServer } from './bucket-server';
import { CONTEXT, REPAIRED } from './context';

const lines = (...ids: readonly string[]): Buffer =>
  Buffer.from(linesOf(ids.map((id) => decisionRow({ ...REPAIRED, id }, CONTEXT))));

const DAY = 'lake/class=2003/event_day=20261121';

describe('a lake in S3', () => {
  const objects = new Map<string, Buffer>();
  let server: Awaited<ReturnType<typeof bucketServer>>;
  let client: S3Client;
  beforeEach(async () => {
    objects.clear();
    server = await bucketServer(objects);
    client = new S3Client({
      ...{ endpoint: server.endpoint, region: 'eu-west-1', forcePathStyle: true },
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  });
  afterEach(async () => {
    client.destroy();
    await server.close();
  });
  const bucket = () => lakeBucket('s3://parapet-lake/lake', client);

  test('is copied here, compacted, and put back; inputs go last and strangers stay', async () => {
    objects.set(`${DAY}/a`, lines('d-1', 'd-2'));
    objects.set(`${DAY}/b`, lines('d-2', 'd-3'));
    objects.set(`${DAY}/c`, Buffer.from('{"half'));
    objects.set('lake/class=2003/event_day=20261121/../../../etc/x', lines('d-9'));
    objects.set('lake/processing-failed/2026/x', Buffer.from('?'));
    objects.set('elsewhere/x', lines('d-8'));

    const done = await compactBucket(bucket(), {});

    expect(done.days).toMatchObject([{ rows: 3, duplicates: 1 }]);
    expect(done.refused.map(({ object, kind }) => [object, kind])).toEqual([
      ['class=2003/event_day=20261121/../../../etc/x', 'foreign-object'],
      ['processing-failed/2026/x', 'foreign-object'],
      ['class=2003/event_day=20261121/c', 'half-written'],
    ]);
    expect([...objects.keys()].toSorted()).toEqual([
      'elsewhere/x',
      `${DAY}/../../../etc/x`,
      `${DAY}/c`,
      `${DAY}/compacted.parquet`,
      'lake/processing-failed/2026/x',
    ]);
  });

  test("a day's file that is there is brought and added to, though another day was chosen", async () => {
    objects.set(`${DAY}/a`, lines('d-1'));
    await compactBucket(bucket(), {});
    objects.set('lake/class=2003/event_day=20261122/late', lines('d-2'));

    const done = await compactBucket(bucket(), { days: new Set(['20261122']) });

    expect(done.days).toMatchObject([{ day: '20261121', rows: 2, duplicates: 0 }]);
    expect([...objects.keys()]).toEqual([`${DAY}/compacted.parquet`]);
  });

  test('where another has written the file meanwhile, nothing is replaced or removed', async () => {
    objects.set(`${DAY}/a`, lines('d-1'));
    const theirs = Buffer.from('theirs');
    const overtaken = {
      ...bucket(),
      put: async (...[file, name, replaced]: Parameters<ReturnType<typeof bucket>['put']>) => {
        objects.set(`lake/${name}`, theirs);
        await bucket().put(file, name, replaced);
      },
    };

    await expect(compactBucket(overtaken, {})).rejects.toThrow(/somebody else has written/);
    expect(objects.get(`${DAY}/compacted.parquet`)).toBe(theirs);
    expect(objects.has(`${DAY}/a`)).toBe(true);
  });

  test('has an address', () => {
    expect(lakeAddress('s3://parapet-lake')).toEqual({ bucket: 'parapet-lake', prefix: '' });
    expect(lakeAddress('s3://parapet-lake/a/b')).toEqual({
      bucket: 'parapet-lake',
      prefix: 'a/b/',
    });
    expect(() => lakeAddress('s3://')).toThrow(/no address/);
  });
});
