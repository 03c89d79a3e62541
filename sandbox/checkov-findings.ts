import path from 'node:path';
import { z } from 'zod';

/** A check that may fail, where, and why that is right. */
const exception = z.strictObject({
  check: z.string().regex(/^CKV2?_AWS_\d+$/),
  /** `<stack>/<resource>`, with `*` for any characters. */
  on: z.array(z.string().regex(/^[\w*-]+\/[\w*-]+$/)).min(1),
  reason: z.string().min(20),
});

/** The shape of policies/checkov.yaml. */
export const exceptionsSchema = z.array(exception);
export type Exception = z.infer<typeof exception>;

const check = z.looseObject({
  check_id: z.string(),
  check_name: z.string(),
  file_path: z.string(),
  resource: z.string(),
});

/** What `checkov --output json` writes, as far as it is read. */
export const outputSchema = z.looseObject({
  results: z.looseObject({
    passed_checks: z.array(check),
    failed_checks: z.array(check),
    parsing_errors: z.array(z.string()),
  }),
});
export type Output = z.infer<typeof outputSchema>;

/** What must hold, and the sentences that say where it does not. */
export interface Finding {
  readonly must: string;
  readonly not: readonly string[];
}

/** Holds checkov's output against the exceptions and the stacks that should have been scanned. */
export function findingsOf(
  { results }: Output,
  exceptions: readonly Exception[],
  stacks: readonly string[],
): readonly Finding[] {
  const failed = results.failed_checks.map((one) => ({ ...one, at: addressOf(one) }));
  const passing = new Set(results.passed_checks.map(({ file_path }) => stackOf(file_path)));
  const covered = ({ check_id, at }: (typeof failed)[number]) =>
    exceptions.some((one) => one.check === check_id && one.on.some((on) => matches(on, at)));
  const isUsed = (id: string, on: string) =>
    failed.some(({ check_id, at }) => check_id === id && matches(on, at));
  return [
    {
      must: 'every stack is read, and passes some checks',
      not: [
        ...results.parsing_errors.map((file) => `${file} cannot be read`),
        ...stacks.filter((stack) => !passing.has(stack)).map((stack) => `${stack} passes none`),
      ],
    },
    {
      must: 'every failed check is an exception with a reason',
      not: failed
        .filter((one) => !covered(one))
        .map(({ check_id, check_name, at }) => `${check_id} on ${at}: ${check_name}`),
    },
    {
      must: 'every exception is needed',
      not: exceptions.flatMap((one) =>
        one.on.filter((on) => !isUsed(one.check, on)).map((on) => `${one.check} on ${on}`),
      ),
    },
  ];
}

/** Checkov names a resource `resource.<name>` or `<type>.<name>`, as the check likes. */
const addressOf = ({ file_path, resource }: z.infer<typeof check>): string =>
  `${stackOf(file_path)}/${resource.slice(resource.lastIndexOf('.') + 1)}`;

const stackOf = (file: string): string => path.basename(path.dirname(file));

function matches(pattern: string, address: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[^\w]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(address);
}
