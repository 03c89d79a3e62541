import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import https from 'node:https';
import {
  type AddressInfo,
  createServer as createSocketServer,
  type Server,
  type Socket,
} from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { httpSender, type SenderOptions } from '#siem/send';

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return (server.address() as AddressInfo).port;
};

async function served(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  const port = await listening(server);
  open.push({ close: () => server.closeAllConnections() });
  return new URL(`http://127.0.0.1:${port}/in`);
}

function sender(options: SenderOptions = {}) {
  const made = httpSender(options);
  open.push(made);
  return (url: URL, withinMs = 5_000) =>
    made.send(
      { url, headers: { authorization: 'Splunk secret' }, body: Buffer.from('x') },
      withinMs,
    );
}

describe('an answer', () => {
  it('is told with status, type, Retry-After and text', async () => {
    const url = await served((_, response) => {
      response.writeHead(503, { 'content-type': 'text/plain', 'retry-after': '5' }).end('busy');
    });

    expect(await sender()(url)).toEqual({
      ...{
        kind: 'answered',
        status: 503,
        contentType: 'text/plain',
        retryAfter: '5',
        body: 'busy',
      },
    });
  });

  it('that redirects is told and not followed', async () => {
    const seen: string[] = [];
    const url = await served((request, response) => {
      seen.push(request.url ?? '');
      response.writeHead(307, { location: '/elsewhere' }).end();
    });

    expect(await sender()(url)).toMatchObject({ kind: 'answered', status: 307 });
    expect(seen).toEqual(['/in']);
  });

  it('comes over the connection of the one before', async () => {
    const sockets = new Set<unknown>();
    const url = await served(({ socket }, response) => {
      sockets.add(socket);
      response.end('ok');
    });
    const send = sender();

    await send(url);
    await send(url);

    expect(sockets.size).toBe(1);
  });

  it('comes over a new connection where the kept one has died meanwhile', async () => {
    const sockets: Socket[] = [];
    const url = await served(({ socket }, response) => {
      sockets.push(socket);
      // A second request on the first connection finds it dead.
      if (sockets.filter((one) => one === socket).length > 1) socket.resetAndDestroy();
      else response.end('ok');
    });
    const send = sender();

    await send(url);

    expect(await send(url)).toMatchObject({ kind: 'answered', body: 'ok' });
    expect(new Set(sockets).size).toBe(2);
  });
});

describe('no answer', () => {
  it.each<[string, RequestListener, SenderOptions, number, string]>([
    ['headers that do not come', () => undefined, { headersMs: 30 }, 5_000, 'timeout'],
    ['more time than is left', () => undefined, {}, 30, 'timeout'],
    [
      'a body that does not end',
      (_, response) => void response.writeHead(200).write('{'),
      { bodyMs: 30 },
      5_000,
      'timeout',
    ],
    [
      'a body that is too long',
      (_, response) => void response.writeHead(200).write('x'.repeat(2_000)),
      { longestAnswer: 1_000 },
      5_000,
      'too-long',
    ],
    [
      'a body that breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-length': '10' }).write('half');
        setTimeout(() => response.socket?.destroy(), 5);
      },
      {},
      5_000,
      'reset',
    ],
    ['a reset', ({ socket }) => void socket.resetAndDestroy(), {}, 5_000, 'reset'],
  ])('is what %s are', async (_, listener, options, withinMs, why) => {
    const url = await served(listener);

    expect(await sender(options)(url, withinMs)).toMatchObject({ kind: 'unanswered', why });
  });

  it('is what something that speaks no HTTP gives', async () => {
    const server = createSocketServer((socket) => socket.end('220 mail.example.com ESMTP\r\n'));
    const port = await listening(server);

    const sent = await sender()(new URL(`http://127.0.0.1:${port}/`));

    expect(sent).toMatchObject({ kind: 'unanswered', why: 'reset' });
  });

  it('is what a closed port gives', async () => {
    const server = createSocketServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));

    const sent = await sender()(new URL(`http://127.0.0.1:${port}/`));

    expect(sent).toMatchObject({ kind: 'unanswered', why: 'unreachable' });
  });
});

describe('over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  beforeAll(() => {
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    const files = ['-keyout', key, '-out', cert];
    execFileSync('openssl', ['req', '-x509', ...made, ...subject, ...files], { stdio: 'ignore' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function secured() {
    const seen: unknown[] = [];
    const pair = { key: readFileSync(key), cert: readFileSync(cert) };
    const server = https.createServer(pair, ({ headers }, response) => {
      seen.push(headers.authorization);
      response.end('ok');
    });
    const url = new URL(`https://127.0.0.1:${await listening(server)}/`);
    open.push({ close: () => server.closeAllConnections() });
    return { url, seen };
  }

  it('an authority that is given is trusted', async () => {
    const { url, seen } = await secured();

    const sent = await sender({ certificateAuthority: readFileSync(cert, 'utf8') })(url);

    expect(sent).toMatchObject({ kind: 'answered', body: 'ok' });
    expect(seen).toEqual(['Splunk secret']);
  });

  it('nobody else is sent the credentials', async () => {
    const { url, seen } = await secured();

    expect(await sender()(url)).toMatchObject({ kind: 'untrusted' });
    expect(seen).toEqual([]);
  });
});
