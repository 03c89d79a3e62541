import type { Json } from '#core';
import type { ClientOptions } from './clients';
import { SandboxFailed } from './errors';

interface AnyClient {
  send(command: unknown): Promise<unknown>;
}

type Made = new (options: object) => unknown;

/**
 * Makes any call of any AWS service by its name, as an owner's script would, e.g. `s3:PutBucketAcl`.
 * @throws SandboxFailed where no such client is installed, or it knows no such command; what the
 *   service answers where it refuses the call.
 */
export async function makeCall(
  options: ClientOptions,
  operation: string,
  input: Json,
): Promise<unknown> {
  const [service = '', name] = operation.split(':');
  const parts = partsOf(service);
  const Client = parts[clientName(parts)];
  const Command = parts[`${name}Command`];
  if (!Client || !Command) throw new SandboxFailed(`the AWS SDK has no ${operation}`);
  const client = new Client({ ...options, useQueueUrlAsEndpoint: false }) as AnyClient;
  return client.send(new Command(input as object));
}

function partsOf(service: string): Readonly<Record<string, Made>> {
  try {
    return require(`@aws-sdk/client-${service}`);
  } catch (cause) {
    throw new SandboxFailed(`@aws-sdk/client-${service} is not installed`, { cause });
  }
}

/** `S3Client`, `SQSClient`: no rule makes the one from the service's prefix. */
const clientName = (parts: object): string =>
  Object.keys(parts).find((name) => /^[A-Z]\w*Client$/.test(name)) ?? '';
