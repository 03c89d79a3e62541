import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { HttpRequest, Sent } from './ports';

export interface SenderOptions {
  /** In PEM, instead of the public authorities. */
  readonly certificateAuthority?: string | undefined;
  /** From the request's start to the answer's headers. @default 10000 */
  readonly headersMs?: number;
  /** From the answer's headers to its end. @default 5000 */
  readonly bodyMs?: number;
  /** A longer answer is cut off. @default 4 MiB */
  readonly longestAnswer?: number;
}

/** A certificate that cannot be trusted, as OpenSSL and Node.js name the reasons. */
const UNTRUSTED =
  /CERT|SELF_SIGNED|^ERR_TLS_|^ERR_SSL_|UNABLE_TO_|^HOSTNAME_MISMATCH$|^EPROTO$|^INVALID_CA$/;

/**
 * Sends over connections that are kept. Node's own client: it never follows a redirect, and takes
 * a private certificate authority and deadlines for each part of the answer.
 */
export function httpSender(options: SenderOptions = {}) {
  const { certificateAuthority, headersMs = 10_000, bodyMs = 5_000 } = options;
  const { longestAnswer = 4_194_304 } = options;
  const kept = { keepAlive: true, maxSockets: 4, scheduling: 'lifo' as const };
  const plain = new http.Agent(kept);
  const secure = new https.Agent({
    ...kept,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    ...(certificateAuthority === undefined ? {} : { ca: certificateAuthority }),
  });

  const once = ({ url, headers, body }: HttpRequest, withinMs: number) =>
    new Promise<Sent & { readonly wasStale?: boolean }>((resolve) => {
      const isSecure = url.protocol === 'https:';
      const wanted = { method: 'POST', headers, agent: isSecure ? secure : plain };
      const client = isSecure ? https.request(url, wanted) : http.request(url, wanted);
      const end = (sent: Sent & { readonly wasStale?: boolean }): void => {
        clearTimeout(timer);
        resolve(sent);
        if (sent.kind !== 'answered') client.destroy();
      };
      const late = () => end({ kind: 'unanswered', why: 'timeout', code: 'timeout' });
      const deadline = Date.now() + withinMs;
      let timer = setTimeout(late, Math.min(withinMs, headersMs));
      client.on('error', (error: NodeJS.ErrnoException) =>
        end({ ...silenceOf(error), wasStale: client.reusedSocket && isGone(error) }),
      );
      client.on('response', (response) => {
        clearTimeout(timer);
        timer = setTimeout(late, Math.min(Math.max(0, deadline - Date.now()), bodyMs));
        void collect(response, longestAnswer).then(end);
      });
      client.end(body);
    });

  return {
    /** See the port of this name. */
    async send(request: HttpRequest, withinMs: number): Promise<Sent> {
      const started = Date.now();
      const { wasStale, ...sent } = await once(request, withinMs);
      const left = withinMs - (Date.now() - started);
      // A function that was frozen finds its connections closed. Where the request did get through
      // this makes a copy, as any repetition may.
      return wasStale && left > 0 ? await fresh(request, left) : sent;
    },
    close(): void {
      plain.destroy();
      secure.destroy();
    },
  };

  async function fresh(request: HttpRequest, withinMs: number): Promise<Sent> {
    plain.destroy();
    secure.destroy();
    const { wasStale: _, ...sent } = await once(request, withinMs);
    return sent;
  }
}

const isGone = ({ code }: NodeJS.ErrnoException): boolean =>
  code === 'ECONNRESET' || code === 'EPIPE';

function silenceOf(error: NodeJS.ErrnoException): Exclude<Sent, { kind: 'answered' }> {
  const code = error.code ?? error.name;
  if (UNTRUSTED.test(code)) return { kind: 'untrusted', code };
  const isUnreachable = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'].includes(code);
  return { kind: 'unanswered', why: isUnreachable ? 'unreachable' : 'reset', code };
}

/** Reads an answer to its end; one that breaks off or is too long is none. */
function collect(response: IncomingMessage, longest: number): Promise<Sent> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const broken = () => resolve({ kind: 'unanswered', why: 'reset', code: 'aborted' });
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > longest) resolve({ kind: 'unanswered', why: 'too-long', code: 'too-long' });
    });
    response.on('error', broken);
    response.on('close', () => (response.complete ? undefined : broken()));
    response.on('end', () =>
      resolve({
        kind: 'answered',
        status: response.statusCode ?? 0,
        contentType: response.headers['content-type'] ?? '',
        retryAfter: response.headers['retry-after'],
        body: Buffer.concat(chunks).toString('utf8'),
      }),
    );
  });
}
