import type { AnyGuardrail, Framework } from '#core';
import type { Period } from './period';
import type { Cover } from './rows';

/** What of a guardrail a report tells: all but how it judges. */
export type Declared = Pick<
  AnyGuardrail,
  'id' | 'version' | 'title' | 'severity' | 'why' | 'limits' | 'triggers' | 'reads' | 'writes'
> &
  Pick<Partial<AnyGuardrail>, 'regions' | 'disrupts'>;

/** What a report says beside what the lake holds. */
export interface ReportInput {
  readonly period: Period;
  readonly framework: Framework;
  /** Those that are installed. */
  readonly guardrails: readonly Declared[];
  /** The organization's accounts; without them only those are known that the lake names. */
  readonly accounts?: readonly KnownAccount[] | undefined;
  /** RFC 3339; without it the report speaks for the moment of its latest row. */
  readonly asOf?: string | undefined;
  /** Where the data is from, where that is no organization's real lake. */
  readonly origin?: Cover['origin'];
  /** Of Parapet. */
  readonly version: string;
  /** That Parapet is checked out at, where it is a checkout. */
  readonly commit?: string | undefined;
}

export interface KnownAccount {
  readonly id: string;
  readonly name: string;
  readonly ouPath: string;
}
