import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Configuration } from '#config';
import type { AnyGuardrail } from '#core';
import type { RuleState } from '#pattern';
import type { Place } from '#policies/resources/place';

/** What the parts of the security stack share. */
export interface Around {
  readonly configuration: Configuration;
  readonly guardrails: readonly AnyGuardrail[];
  readonly provider: AwsProvider;
  /** The security account's home Region. */
  readonly place: Place;
  /** The bus's name. */
  readonly bus: string;
  /** Of rules that match the organization's events. */
  readonly state: RuleState;
  readonly keyArn: string;
  readonly alertsArn: string;
  /** ARN of the queue for what no target of a rule takes. */
  readonly deadLettersArn: string;
  readonly entries: string | undefined;
  readonly outdir: string;
}
