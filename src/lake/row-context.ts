import type { Severity } from '#core';

/** What a row says about a guardrail: its facts, handed in, never looked up. */
export interface GuardrailCard {
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  /** Framework id → requirement ids. */
  readonly frameworks: Readonly<Record<string, readonly string[]>>;
}

/** What a row needs to know beside the record it is made from. Plain JSON: it lies in the zip. */
export interface RowContext {
  /** The organization's id. */
  readonly organization: string;
  readonly accounts: Readonly<Record<string, { readonly name: string; readonly ouPath: string }>>;
  readonly guardrails: Readonly<Record<string, GuardrailCard>>;
}

/** The accounts and guardrails of a deployment as the rows name them. */
export function rowContext(
  organization: { readonly id: string; readonly accounts: RowContext['accounts'] },
  guardrails: readonly ({ readonly id: string } & GuardrailCard)[],
): RowContext {
  return {
    organization: organization.id,
    accounts: Object.fromEntries(
      Object.entries(organization.accounts).map(([id, { name, ouPath }]) => [id, { name, ouPath }]),
    ),
    guardrails: Object.fromEntries(
      guardrails.map(({ id, title, severity, why, frameworks }) => [
        id,
        { title, severity, why, frameworks },
      ]),
    ),
  };
}

/** An own entry, so that a hostile id such as `constructor` finds nothing. */
export const entry = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
