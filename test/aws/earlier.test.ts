import { createHash } from 'node:crypto';
import type { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { earlierDecision } from '#aws/earlier';

const resource = {
  ...{ type: 'AWS::S3::Bucket', arn: 'arn:aws:s3:::orders', account: '444444444444' },
  ...{ region: 'eu-west-1', name: 'orders' },
};
const body = { id: 'd-1', guardrail: { id: 's3.bucket-public', version: 1 }, resource, mode: 'x' };

/** A bucket with one object, under the hash it claims to have. */
function kept(text: string, sha256 = createHash('sha256').update(text).digest('hex')) {
  const asked: (string | undefined)[] = [];
  const s3 = {
    send: async ({ input }: GetObjectCommand) => {
      asked.push(`${input.Bucket}/${input.Key}`);
      return { Body: { transformToString: async () => text } };
    },
  } as unknown as S3Client;
  return { s3, asked, event: { id: 'd-1', body: { sha256, bytes: text.length } } };
}

it('finds the whole resource in the body of the decision', async () => {
  const { s3, asked, event } = kept(JSON.stringify(body));

  expect(await earlierDecision(s3, 'bodies', event)).toEqual({
    id: 'd-1',
    guardrail: { id: 's3.bucket-public' },
    resource,
  });
  expect(asked).toEqual([`bodies/sha256/${event.body.sha256}.json`]);
});

it('refuses a body that is not what its name says', async () => {
  const { s3, event } = kept(JSON.stringify(body), 'a'.repeat(64));

  await expect(earlierDecision(s3, 'bodies', event)).rejects.toThrow('not the one that was kept');
});

it('refuses the body of another decision', async () => {
  const { s3, event } = kept(JSON.stringify({ ...body, id: 'd-2' }));

  await expect(earlierDecision(s3, 'bodies', event)).rejects.toThrow('is of decision d-2');
});

it.each([
  ['no decision at all', {}],
  ['a hash that is a path', { id: 'd-1', body: { sha256: '../../x' } }],
])('asks for nothing where it is handed %s', async (_, event) => {
  const { s3, asked } = kept(JSON.stringify(body));

  await expect(earlierDecision(s3, 'bodies', event)).rejects.toThrow();
  expect(asked).toEqual([]);
});
