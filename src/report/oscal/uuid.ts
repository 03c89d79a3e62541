import { createHash } from 'node:crypto';

/** Parapet's own namespace, a version 4 UUID drawn once (RFC 9562, 6.5). */
const NAMESPACE = '7f1c0b52-6a0e-4d3a-9a43-3c2f51f0a8d4';

/** The UUID of a name, version 5: the same name has the same one, in every document. */
export function uuidOf(...name: readonly (string | number)[]): string {
  const hash = createHash('sha1')
    .update(Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex'))
    .update(JSON.stringify(name))
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
}
