import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { answer, breakOff, type Fault, type Reply } from './faults';
import { type Found, type ProtocolName, SPEAKERS } from './protocols';

export interface SimOptions {
  readonly protocol: ProtocolName;
  /** The token, API key or signing key that is known; may be changed while it runs. */
  readonly secret: string;
  readonly now: () => number;
  /** @default any that is free */
  readonly port?: number;
  /** Called when a request has been dealt with. */
  readonly afterRequest?: () => void;
  readonly gzip?: boolean;
  /** More than this, uncompressed, is answered with 413. */
  readonly maxBytes?: number;
  /** Records that are refused for good. */
  readonly isPoison?: (found: Found) => boolean;
  /** HEC: whether events before the refused one are kept, which versions do differently. */
  readonly keepsBeforePoison?: boolean;
}

/** A record that was stored, and in which request. */
export interface Stored extends Found {
  readonly request: number;
}

/**
 * A strict receiver on 127.0.0.1 that keeps what it is sent and complains of whatever breaks its
 * protocol. Each request meets the next fault of the script; after the last there are none.
 */
export async function startSim(options: SimOptions) {
  const speaker = SPEAKERS[options.protocol];
  const state = {
    secret: options.secret,
    script: [] as Fault[],
    requests: 0,
    stored: [] as Stored[],
    /** The uids of every request that could be read, stored or not. */
    offered: [] as { readonly request: number; readonly uids: readonly string[] }[],
    complaints: [] as string[],
    bodies: new Map<string, string>(),
  };
  const uids = new Set<string>();

  const store = (found: readonly Found[]): void => {
    for (const one of found) {
      if (options.protocol !== 'splunk-hec' && uids.has(one.uid)) continue;
      uids.add(one.uid);
      state.stored.push({ ...one, request: state.requests });
    }
  };

  const reply = (fault: Fault, found: readonly Found[]): Reply => {
    if (options.protocol === 'bulk') return bulkReply(fault, found);
    const poison = found.findIndex((one) => options.isPoison?.(one) ?? false);
    if (poison >= 0 && options.keepsBeforePoison) store(found.slice(0, poison));
    if (poison >= 0)
      return options.protocol === 'splunk-hec'
        ? json(400, { text: 'Invalid data format', code: 6, 'invalid-event-number': poison })
        : { status: 422, type: 'text/plain', body: 'there is a record I do not understand' };
    store(found);
    return options.protocol === 'splunk-hec'
      ? json(200, { text: 'Success', code: 0 })
      : { status: 204, type: 'text/plain', body: '' };
  };

  const bulkReply = (fault: Fault, found: readonly Found[]): Reply => {
    const items = found.map((one, index) => {
      const statuses = fault.kind === 'items' ? fault.statuses : [];
      const scripted = statuses[index % Math.max(1, statuses.length)] ?? 0;
      const status = uids.has(one.uid) ? 409 : options.isPoison?.(one) ? 400 : scripted || 201;
      if (status === 201) store([one]);
      const error = { type: status === 409 ? 'version_conflict' : 'said_so', reason: 'scripted' };
      return { create: { _id: one.uid, status, ...(status === 201 ? {} : { error }) } };
    });
    return json(200, { errors: items.some(({ create }) => create.status !== 201), items });
  };

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    state.requests += 1;
    const fault = state.script.shift() ?? { kind: 'none' };
    if (await breakOff(fault, request)) return;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const arrived = readRequest(request, Buffer.concat(chunks));
    if (arrived === undefined) return answer(fault, json(400, { code: 5 }), response);
    if (!speaker.isKnown({ ...arrived, now: options.now() }, state.secret))
      return answer(fault, json(401, { text: 'Invalid authorization', code: 3 }), response);
    if (arrived.text.length > (options.maxBytes ?? Number.POSITIVE_INFINITY))
      return answer(fault, { status: 413, type: 'text/html', body: '<h1>413</h1>' }, response);
    const { found, complaints } = speaker.read({ ...arrived, now: options.now() });
    state.complaints.push(...complaints);
    const named = found.map(({ uid }) => uid);
    if (new Set(named).size < named.length) state.complaints.push('a uid twice in one request');
    state.offered.push({ request: state.requests, uids: named });
    await answer(
      fault,
      faulty(fault, () => reply(fault, found)),
      response,
    );
  };

  /** Undefined, with a complaint, where it is no proper request at all. */
  const readRequest = ({ method, url = '', headers }: IncomingMessage, body: Buffer) => {
    const complain = (sentence: string): undefined => {
      state.complaints.push(sentence);
    };
    if (method !== 'POST') return complain(`method ${method}`);
    if (!speaker.path.test(url)) return complain(`path ${url}`);
    if (headers['content-length'] !== String(body.length)) return complain('content-length');
    const isGzip = headers['content-encoding'] === 'gzip';
    if (isGzip !== (options.gzip ?? true)) return complain('content-encoding');
    const text = (isGzip ? gunzipSync(body) : body).toString('utf8');
    const id = headers['webhook-id'];
    if (typeof id === 'string') {
      if ((state.bodies.get(id) ?? text) !== text) complain(`${id} stands for two bodies`);
      state.bodies.set(id, text);
    }
    return { path: url, headers, text };
  };

  const server = createServer((request, response) => {
    respond(request, response)
      .catch((error: Error) => {
        if (!response.destroyed && !request.destroyed) state.complaints.push(String(error));
      })
      .finally(options.afterRequest);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: options.protocol === 'webhook' ? `${address}/hook` : address,
    state,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type Sim = Awaited<ReturnType<typeof startSim>>;

const json = (status: number, value: unknown): Reply => ({
  status,
  type: 'application/json; charset=UTF-8',
  body: JSON.stringify(value),
});

/** The reply that the fault has instead of the true one, which may be carried out all the same. */
function faulty(fault: Fault, reply: () => Reply): Reply {
  switch (fault.kind) {
    case 'status': {
      const headers = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
      return { ...json(fault.status, { text: 'Server is busy', code: 9 }), headers };
    }
    case 'redirect':
      return { status: 307, type: 'text/plain', body: 'there', headers: { location: '/stolen' } };
    case 'nonsense':
      if (fault.stored) reply();
      return fault;
    case 'hang-in-body':
    case 'reset-in-answer':
      return fault.stored ? padded(reply()) : padded(json(200, { text: 'Success', code: 0 }));
    default:
      return reply();
  }
}

/** An answer that has a middle to break off in. */
const padded = (reply: Reply): Reply =>
  reply.body === '' ? { ...reply, status: 200, body: ' '.repeat(20) } : reply;
