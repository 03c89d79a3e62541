import { setTimeout } from 'node:timers/promises';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { KinesisStreamEvent } from 'aws-lambda';
import { TryAgain } from '#core';
import type { SiemReceiver } from '#core/siem-receiver';
import { httpSender, type Refusal, type SiemPorts, type StreamRecord } from '#siem';

/** A secret that nobody refused may still have been replaced. */
const SECRET_KEPT_MS = 300_000;

/** Clients in the function's own Region. */
export const siemClients = () => ({ secrets: new SecretsManagerClient({}), s3: new S3Client({}) });

/** The ports of the forwarder, on real AWS clients. */
export function siemPorts(
  receiver: SiemReceiver,
  on: {
    readonly secrets: SecretsManagerClient;
    readonly s3: S3Client;
    /** The bucket for refused records. */
    readonly bucket: string;
  },
): SiemPorts {
  const now = () => Date.now();
  return {
    send: httpSender({ certificateAuthority: receiver.certificateAuthority }).send,
    now,
    sleep: (ms) => setTimeout(ms),
    random: Math.random,
    ...rememberedSecret(on.secrets, receiver.secret, now),
    refuse: (refusal) => keepRefusal(on.s3, on.bucket, { refusal, at: new Date(now()) }),
  };
}

/** A secret's text, asked for once in five minutes or when it is wanted fresh. */
export function rememberedSecret(
  client: SecretsManagerClient,
  id: string,
  now: () => number,
): Pick<SiemPorts, 'secret' | 'freshSecret'> {
  let known: { readonly text: string; readonly until: number } | undefined;
  const freshSecret = async (): Promise<string> => {
    const command = new GetSecretValueCommand({ SecretId: id });
    const { SecretString: text } = await client.send(command).catch(later('the secret'));
    if (!text) throw new TryAgain(`the secret ${id} holds no text`);
    known = { text, until: now() + SECRET_KEPT_MS };
    return text;
  };
  return {
    freshSecret,
    secret: async () => (known && now() < known.until ? known.text : freshSecret()),
  };
}

/** AWS's refusals may pass, even of access: a policy that is mended lets the same batch through. */
const later =
  (what: string) =>
  (cause: unknown): never => {
    const name = cause instanceof Error ? cause.name : 'unknown';
    throw new TryAgain(`${what} could not be reached: ${name}`, { cause });
  };

/** The object's key depends on the record alone: refused again, it is written over itself. */
export const refusalKey = ({ record: { time, uid } }: Refusal): string =>
  `refused/${new Date(time).toISOString().slice(0, 10)}/${uid}.json`;

async function keepRefusal(
  s3: S3Client,
  bucket: string,
  { refusal, at }: { readonly refusal: Refusal; readonly at: Date },
): Promise<string> {
  const { record, code, reason } = refusal;
  const { json, ...known } = record;
  const Key = refusalKey(refusal);
  const command = new PutObjectCommand({
    ...{ Bucket: bucket, Key, ContentType: 'application/json' },
    Body: JSON.stringify({ ...known, code, reason, refusedAt: at.toISOString(), record: json }),
  });
  await s3.send(command).catch(later('the bucket for refused records'));
  return `s3://${bucket}/${Key}`;
}

/** The records of a Lambda event, in the order of their shard. */
export const streamRecords = ({ Records }: KinesisStreamEvent): readonly StreamRecord[] =>
  Records.map(({ kinesis }) => ({
    sequence: kinesis.sequenceNumber,
    partitionKey: kinesis.partitionKey,
    data: Buffer.from(kinesis.data, 'base64'),
    arrived: kinesis.approximateArrivalTimestamp * 1000,
  }));
