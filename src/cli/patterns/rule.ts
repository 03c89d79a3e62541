/** A rule's pattern as it was found, and what is known of the rule. */
export interface RuleFound {
  /** Where in the file: `aws_cloudwatch_event_rule.all["storage"]`; empty for a pattern's own file. */
  readonly address: string;
  /** JSON text. */
  readonly pattern: string;
  readonly state?: string | undefined;
  /** Where its bus is, for rules of a default bus: to others events of other Regions are sent. */
  readonly region?: string | undefined;
  /** How many targets it has, where that is told. */
  readonly targets?: number | undefined;
}

/** What a file holds. */
export interface Found {
  readonly rules: readonly RuleFound[];
  readonly unchecked: readonly Unchecked[];
}

/** What could not be checked, and why. */
export interface Unchecked {
  readonly address: string;
  readonly because: string;
}

/** A rule whose pattern is only known when it is deployed. */
export const notWrittenOut = (address: string): Unchecked => ({
  address,
  because: 'its pattern is not written out',
});

export const NOTHING: Found = { rules: [], unchecked: [] };

export const isDefaultBus = (bus: string | undefined): boolean =>
  bus === undefined || bus === 'default';
