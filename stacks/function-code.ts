import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Construct } from 'constructs';
import { bundle, projectRoot } from '#modules/bundle';
import { LambdaCode } from '#modules/lambda-code';

export interface CodeProps {
  /** Of the function. */
  readonly name: string;
  /** Its entry below lambdas, without extension, e.g. `respond/s3`. */
  readonly entry: string;
  /** Texts that lie beside the code, by file name. */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * A folder of entries that stand in: `s3.ts` for `respond/s3`, which must be there, `enrich.ts`
   * for `enrich/index`, `lake-events.ts` for `lake/events`. @default none
   */
  readonly entries?: string | undefined;
  /** Where cdktf writes. */
  readonly outdir: string;
}

/** The zip of a function, as an asset of its stack. */
export function functionCode(scope: Construct, id: string, props: CodeProps): LambdaCode {
  const { name, entry, files = {}, entries, outdir } = props;
  return new LambdaCode(scope, id, {
    ...{ zip: bundle({ entry: entryFile(entry, entries), files }), name },
    folder: resolve(outdir, 'bundles'),
  });
}

/** What stands in for it, else the source, else what was compiled from it. */
function entryFile(entry: string, entries: string | undefined): string {
  const [folder, name] = entry.split('/');
  const isResponder = folder === 'respond';
  const root = projectRoot();
  const own = [join(root, 'lambdas', `${entry}.ts`), join(root, 'dist', 'lambdas', `${entry}.js`)];
  const standIn =
    isResponder || name === 'index' ? `${isResponder ? name : folder}` : `${folder}-${name}`;
  const candidates =
    entries === undefined ? own : [join(entries, `${standIn}.ts`), ...(isResponder ? [] : own)];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined)
    throw new Error(`there is no ${candidates[0]}: npm run gen writes the responders' entries`);
  return found;
}
