/** What every client of the AWS SDK is made with here. */
export interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Keys;
}

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The emulator takes a bare account id for a key of the account's root user. */
export const rootKeys = (account: string): Keys => ({
  accessKeyId: account,
  secretAccessKey: 'sandbox',
});

/** For a client that acts as an account's root user. */
export const asRoot = (
  { endpoint }: { readonly endpoint: string },
  account: string,
  region = 'us-east-1',
): ClientOptions => ({ endpoint, region, credentials: rootKeys(account) });
