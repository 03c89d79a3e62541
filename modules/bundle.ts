import { existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { zipSync } from 'fflate';

export interface BundleProps {
  /** Path of the module that exports `handler`: TypeScript, or JavaScript compiled from it. */
  readonly entry: string;
  /** Texts that lie beside the code, by file name. */
  readonly files: Readonly<Record<string, string>>;
}

/** Larger bundles start slowly; the largest with all of EC2 has 985 kB before it is zipped. */
export const LARGEST_BUNDLE_BYTES = 1_048_576;

/** The project's own folder: the nearest above that has a package.json. */
export function projectRoot(from: string = __dirname): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('no package.json above the compiled code');
  return projectRoot(parent);
}

/**
 * The zip of a Lambda function: `index.js` (CommonJS, one file) and the texts. The same input gives
 * the same bytes: no paths, no clock, no time zone goes in.
 * @throws RangeError where the zip is larger than 1 MB; whatever esbuild throws where it fails.
 */
export function bundle({ entry, files }: BundleProps): Uint8Array {
  const texts = Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1));
  const zip = zipSync(
    Object.fromEntries([
      ['index.js', codeOf(entry)],
      ...texts.map(([name, text]) => [name, new TextEncoder().encode(text)]),
    ]),
    // Zip keeps local time: these are the same numbers in every time zone. Unix, rw-r--r--.
    { mtime: new Date(1980, 0, 1), os: 3, attrs: (0o100644 << 16) >>> 0, level: 9 },
  );
  if (zip.byteLength > LARGEST_BUNDLE_BYTES)
    throw new RangeError(`the bundle of ${entry} has ${zip.byteLength} bytes, more than 1 MB`);
  return zip;
}

function codeOf(entry: string): Uint8Array {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    absWorkingDir: projectRoot(),
    bundle: true,
    write: false,
    platform: 'node',
    // The sandbox runs functions on the local Node.js.
    target: 'node20',
    format: 'cjs',
    minify: true,
    legalComments: 'none',
    mainFields: ['module', 'main'],
    // TypeScript follows `#core` to the sources, compiled code to dist.
    conditions: extname(entry) === '.ts' ? ['source'] : [],
    logLevel: 'silent',
  });
  const [code] = outputFiles;
  if (code === undefined) throw new Error(`esbuild made nothing of ${entry}`);
  return code.contents;
}
