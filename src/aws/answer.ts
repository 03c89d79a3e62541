import type { Access, Answer, OperationFacts } from '#core';

type Refused = Extract<Answer, { kind: 'refused' }>['why'];

const THROTTLED = /throttl|TooManyRequests|SlowDown|RequestLimitExceeded|ServiceUnavailable/i;
const DENIED =
  /AccessDenied|Unauthorized|Forbidden|ExpiredToken|InvalidClientTokenId|SignatureDoes/i;
const TIMEOUT =
  /timeout|ETIMEDOUT|ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|UNREACH|InternalError|InternalFailure/i;

/** The code of an error thrown by the SDK: its name, or the service's code where there is one. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'Unknown';
  const { Code, code, name } = error as Record<string, unknown>;
  return [Code, code, name].find((one): one is string => typeof one === 'string') ?? 'Unknown';
}

function statusOf(error: unknown): number {
  const metadata = (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata;
  return metadata?.httpStatusCode ?? 0;
}

/** What an error thrown by the SDK means as an answer to an operation. */
export function answerOf(error: unknown, { absentOn }: OperationFacts<Access>): Answer {
  const code = codeOf(error);
  const name = error instanceof Error ? error.name : code;
  if (absentOn.includes(code) || absentOn.includes(name)) return { kind: 'absent' };
  return { kind: 'refused', why: whyOf(code, statusOf(error)), code };
}

function whyOf(code: string, status: number): Refused {
  if (THROTTLED.test(code) || status === 429) return 'throttled';
  if (DENIED.test(code) || status === 401 || status === 403) return 'denied';
  if (TIMEOUT.test(code) || status >= 500) return 'timeout';
  return 'malformed';
}

/** The id under which AWS keeps the request, or an empty text. */
export function requestIdOf(output: unknown): string {
  const metadata = (output as { $metadata?: { requestId?: string } } | null)?.$metadata;
  return metadata?.requestId ?? '';
}
