import type { Access, OperationFacts } from '#core';

/** What every client of the AWS SDK can do. */
export interface Client {
  send(command: unknown): Promise<unknown>;
}

/** Credentials as STS gives them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

export interface ClientConfig {
  readonly region: string;
  readonly credentials: () => Promise<Credentials>;
  /** SQS would otherwise send signed requests to whatever host a queue URL names. */
  readonly useQueueUrlAsEndpoint: false;
}

/** The client classes and commands that a responder was bundled with, by their names. */
export interface Sdk {
  readonly clients: Readonly<Record<string, new (config: ClientConfig) => Client>>;
  readonly commands: Readonly<Record<string, new (input: never) => unknown>>;
}

/**
 * The client class and command of an operation.
 * @throws Error where the bundle lacks them, which is a fault of the build.
 */
export function partsOf(sdk: Sdk, { id, sdk: names }: OperationFacts<Access>) {
  const client = names && sdk.clients[names.client];
  const command = names && sdk.commands[names.command];
  if (!client || !command) throw new Error(`the bundle has no SDK parts for ${id}`);
  return { client, command };
}
