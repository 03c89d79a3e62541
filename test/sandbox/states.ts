import type { Json } from '#core';
import { rootKeys } from '#sandbox/clients';
import type { Sandbox } from '#sandbox/record';

/**
 * Calls Step Functions in the security account. It takes JSON at one address and the emulator
 * checks no signature: that is not worth a client of the SDK.
 */
export const statesIn =
  ({ endpoint, security: { account, region } }: Sandbox) =>
  async (operation: string, input: Json): Promise<Json> => {
    const scope = `${rootKeys(account).accessKeyId}/20200101/${region}/states/aws4_request`;
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.0',
        'X-Amz-Target': `AWSStepFunctions.${operation}`,
        Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(input),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${operation}: ${response.status} ${answer}`);
    return JSON.parse(answer);
  };
