import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assumedRole, type Reply } from './fake-aws';

/** A call that reached the server, as `service operation`, with what it carried. */
export interface Received {
  readonly call: string;
  /** Whose credentials signed it. */
  readonly by: string;
  readonly body: string;
}

export interface AwsServer {
  readonly url: string;
  readonly received: Received[];
  /** `service operation` → what is answered instead. */
  readonly instead: Map<string, Reply | ((received: Received) => Reply)>;
  close(): Promise<void>;
}

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const ANSWERS: Readonly<Record<string, (body: string) => string>> = {
  'events PutEvents': () => '{"FailedEntryCount":0,"Entries":[{"EventId":"e"}]}',
  'sqs SendMessage': (body) =>
    JSON.stringify({ MessageId: 'm', MD5OfMessageBody: md5(JSON.parse(body).MessageBody) }),
};

/** AWS on a local port, for clients that find it by AWS_ENDPOINT_URL; it agrees with everything. */
export async function awsServer(): Promise<AwsServer> {
  const received: Received[] = [];
  const instead: AwsServer['instead'] = new Map();
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const one = receivedFrom(request, body);
    received.push(one);
    const { status, headers, body: text } = replyOf(instead.get(one.call), one);
    response.writeHead(status ?? 200, { 'x-amzn-requestid': `r-${received.length}`, ...headers });
    response.end(text ?? ANSWERS[one.call]?.(body) ?? (one.call.startsWith('s3') ? '' : '{}'));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, received, instead },
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

const replyOf = (reply: Reply | ((received: Received) => Reply) | undefined, one: Received) =>
  (typeof reply === 'function' ? reply(one) : reply) ?? answerTo(one);

const answerTo = (one: Received): Reply => (one.call === 'sts AssumeRole' ? assumedRole(one) : {});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function receivedFrom({ headers, method, url }: IncomingMessage, body: string): Received {
  const [, by = '', service = ''] =
    /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const target = String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1);
  const operation =
    target || new URLSearchParams(body).get('Action') || `${method} ${url?.split(/[?&]x-id/)[0]}`;
  return { call: `${service} ${operation}`, by, body };
}
