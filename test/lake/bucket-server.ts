import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** When everything was written: S3 tells whole seconds. */
export const WRITTEN = '2026-11-21T12:00:07.000Z';

const etagOf = (body: Buffer): string => `"${createHash('md5').update(body).digest('hex')}"`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * Speaks as much of S3 as copying a lake takes: ListObjectsV2 in pages, GetObject, PutObject with
 * If-Match and If-None-Match, DeleteObjects. Path style.
 */
export async function bucketServer(objects: Map<string, Buffer>, pageSize = 2) {
  const server = createServer((request, response) => {
    void answer(request, response, objects, pageSize);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () => new Promise((done) => server.close(done)),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  objects: Map<string, Buffer>,
  pageSize: number,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const say = (status: number, content: string | Buffer = '', headers = {}) =>
    response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(content);
  const refuse = (status: number, code: string) =>
    say(status, `<Error><Code>${code}</Code><Message>${code}, says the server</Message></Error>`);
  if (request.method === 'GET' && key === '') return void say(200, page(url, objects, pageSize));
  const existing = objects.get(key);
  if (request.method === 'GET')
    return void (existing
      ? say(200, existing, { etag: etagOf(existing), 'content-type': 'binary/octet-stream' })
      : refuse(404, 'NoSuchKey'));
  if (request.method === 'PUT') {
    const { 'if-match': match, 'if-none-match': noneMatch } = request.headers;
    const isOther = match !== undefined && (!existing || etagOf(existing) !== match);
    if (isOther || (noneMatch === '*' && existing)) return void refuse(412, 'PreconditionFailed');
    const content = unchunked(body, request);
    objects.set(key, content);
    return void say(200, '', { etag: etagOf(content) });
  }
  for (const [, gone = ''] of body.toString().matchAll(/<Key>(.*?)<\/Key>/g)) objects.delete(gone);
  say(200, '<DeleteResult/>');
}

function page(url: URL, objects: Map<string, Buffer>, size: number): string {
  const prefix = url.searchParams.get('prefix') ?? '';
  const from = Number(url.searchParams.get('continuation-token') ?? 0);
  const all = [...objects].filter(([name]) => name.startsWith(prefix)).toSorted();
  const some = all
    .slice(from, from + size)
    .map(
      ([name, content]) =>
        `<Contents><Key>${escaped(name)}</Key><LastModified>${WRITTEN}</LastModified><Size>${content.length}</Size></Contents>`,
    );
  const isMore = from + size < all.length;
  const next = isMore ? `<NextContinuationToken>${from + size}</NextContinuationToken>` : '';
  return `<ListBucketResult><IsTruncated>${isMore}</IsTruncated>${next}${some.join('')}</ListBucketResult>`;
}

/** The SDK sends streams in signed chunks: `<hex size>;…\r\n<bytes>\r\n`, then trailers. */
function unchunked(body: Buffer, { headers }: IncomingMessage): Buffer {
  if (!String(headers['content-encoding'] ?? '').includes('aws-chunked')) return body;
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, end).toString(), 16);
    if (!(size > 0)) break;
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
