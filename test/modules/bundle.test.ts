import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { bundle, LARGEST_BUNDLE_BYTES, projectRoot } from '#modules/bundle';

const SMALL = join(__dirname, 'entries', 'small.ts');

const written = (zip: Uint8Array): string => {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-bundle-'));
  for (const [name, bytes] of Object.entries(unzipSync(zip)))
    writeFileSync(join(folder, name), bytes);
  return folder;
};

describe('a bundle', () => {
  it('holds code that runs on its own, and the texts', () => {
    const folder = written(bundle({ entry: SMALL, files: { 'b.json': '{}', 'a.json': '[]' } }));

    const script = "require('./index.js').handler().then((answer) => console.log(answer))";
    const answer = execFileSync(process.execPath, ['-e', script], { cwd: folder });
    expect(answer.toString().trim()).toBe('parapet-bus');
    expect(readdirSync(folder).sort()).toEqual(['a.json', 'b.json', 'index.js']);
  });

  it('has the same bytes whatever the order of the texts', () => {
    const one = bundle({ entry: SMALL, files: { a: '1', b: '2' } });
    const other = bundle({ entry: SMALL, files: { b: '2', a: '1' } });

    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  });

  it('has other bytes where a text differs', () => {
    const one = bundle({ entry: SMALL, files: { a: '1' } });
    const other = bundle({ entry: SMALL, files: { a: '2' } });

    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false);
  });

  it('is readable once unpacked', () => {
    const zip = Buffer.from(bundle({ entry: SMALL, files: {} }));

    // External attributes of the first entry in the central directory: rw-r--r-- of a file.
    const entry = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    expect(zip.readUInt32LE(entry + 38) >>> 16).toBe(0o100644);
  });

  it('is refused where it is larger than 1 MB', () => {
    const digest = (index: number) => createHash('sha256').update(String(index)).digest('base64');
    const noise = Array.from({ length: 40_000 }, (_, index) => digest(index)).join('');

    expect(() => bundle({ entry: SMALL, files: { noise } })).toThrow(RangeError);
    expect(LARGEST_BUNDLE_BYTES).toBe(1024 * 1024);
  });

  it('cannot be made of what does not exist', () => {
    expect(() => bundle({ entry: join(__dirname, 'absent.ts'), files: {} })).toThrow('absent.ts');
  });
});

describe("the responders' bundles", () => {
  const folder = join(projectRoot(), 'lambdas', 'respond');
  const services = readdirSync(folder).filter(
    (file) => file.endsWith('.ts') && !['index.ts', 'tell.ts'].includes(file),
  );

  it.each(services)('are no larger than 1 MB: %s', (file) => {
    const zip = bundle({ entry: join(folder, file), files: {} });

    expect(zip.byteLength).toBeLessThanOrEqual(LARGEST_BUNDLE_BYTES);
    expect(Object.keys(unzipSync(zip))).toEqual(['index.js']);
  });
});
