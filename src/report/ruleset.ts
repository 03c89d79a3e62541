import { createHash } from 'node:crypto';
import { by } from './ask/values';
import type { Declared, ReportInput } from './input';

/** The guardrails and the mapping that the report was made with. */
export interface Ruleset {
  /** SHA-256 over all that the installed guardrails declare, and over the framework's mapping. */
  readonly digest: string;
  readonly commit: string | undefined;
  readonly versions: readonly VersionRow[];
}

/** A guardrail's installed version, and those that decided in the period. */
export interface VersionRow {
  readonly guardrail: string;
  readonly installed: number | undefined;
  readonly decided: readonly number[];
}

export function rulesetOf(
  { guardrails, framework, commit }: ReportInput,
  decided: readonly { readonly guardrail: string; readonly version: number | undefined }[],
): Ruleset {
  const declared = guardrails.map(declaredOf).sort(by(({ id }) => id));
  const ids = new Set(
    [...declared, ...decided.map(({ guardrail: id }) => ({ id }))].map(({ id }) => id),
  );
  return {
    digest: createHash('sha256')
      .update(JSON.stringify([declared, framework]))
      .digest('hex'),
    commit,
    versions: [...ids].sort().map((guardrail) => ({
      guardrail,
      installed: declared.find(({ id }) => id === guardrail)?.version,
      decided: [
        ...new Set(
          decided.flatMap((one) => (one.guardrail === guardrail ? (one.version ?? []) : [])),
        ),
      ].sort((one, other) => one - other),
    })),
  };
}

/** What a guardrail declares; how it judges is code, which its version and the commit stand for. */
const declaredOf = (guardrail: Declared) => {
  const { id, version, title, severity, why, limits, regions = [], disrupts = '' } = guardrail;
  return {
    ...{ id, version, title, severity, why, limits, regions, disrupts },
    triggers: guardrail.triggers.map(({ operation, failed }) => [operation.id, failed]),
    reads: guardrail.reads.map((operation) => operation.id),
    writes: guardrail.writes.map((operation) => operation.id),
  };
};
