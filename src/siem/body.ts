import { gzipSync } from 'node:zlib';
import type { HttpRequest } from './ports';

/** A POST of text, compressed where wanted. Content-Length is of what travels. */
export function post(
  url: URL,
  text: Buffer,
  { gzip, headers }: { readonly gzip: boolean; readonly headers: Readonly<Record<string, string>> },
): HttpRequest {
  // Three times as fast as the default level, for bodies a tenth larger.
  const body = gzip ? gzipSync(text, { level: 1 }) : text;
  return {
    url,
    body,
    headers: {
      ...headers,
      ...(gzip ? { 'content-encoding': 'gzip' } : {}),
      'content-length': String(body.length),
      'user-agent': 'parapet-forward-siem',
      accept: 'application/json',
    },
  };
}

/** The address with a path added to its own. */
export function under(base: string, path: string, query: Readonly<Record<string, string>> = {}) {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  return url;
}
