import { gzipSync } from 'node:zlib';
import { inLake } from '#aws/prove/look';
import { bucketServer, WRITTEN } from '../lake/bucket-server';

const KEY = 'class=6003/event_day=20261121/parapet-lake-events-1.ndjson.gz';
const objects = new Map([[KEY, gzipSync('{"message":"parapet-prove-1f"}\n')]]);
let server: Awaited<ReturnType<typeof bucketServer>>;

beforeAll(async () => {
  server = await bucketServer(objects);
});
afterAll(() => server.close());

const KEYS = {
  ...{ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' },
  expiration: new Date('2026-11-22T00:00:00Z'),
};

const look = (called: string) =>
  inLake(
    {
      ...{ region: 'us-east-1', endpoint: server.endpoint, useQueueUrlAsEndpoint: false },
      credentials: async () => KEYS,
    },
    { bucket: 'lake', queue: 'parapet-prove-1f', called: new Date(called) },
  );

test('an object of the second in which the call was made is looked into', async () => {
  expect(await look('2026-11-21T12:00:07.900Z')).toEqual({ at: new Date(WRITTEN), because: KEY });
});

test('an object of a second before is not', async () => {
  expect(await look('2026-11-21T12:00:08.000Z')).toBeUndefined();
});
