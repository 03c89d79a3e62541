/**
 * How far a guardrail serves a control. `full`: its decisions prove it. `partial`: they prove some of
 * what the control asks. `supporting`: they only help, and neither pass nor fail it.
 */
export type Strength = 'full' | 'partial' | 'supporting';

/**
 * What of the guardrail bears on the control. `state`: that resources are as they should be, so that
 * a violation fails it. `watch`: that changes are seen and recorded, so that a violation that was
 * seen serves it.
 */
export type Bearing = 'state' | 'watch';

/** That a guardrail serves a control, and why we say so. */
export interface Mapping {
  /** The guardrail's id; it need not be installed. */
  readonly guardrail: string;
  readonly strength: Strength;
  readonly bearing: Bearing;
  readonly rationale: string;
}

export interface Control {
  /** As the framework numbers it. */
  readonly id: string;
  /** Our own words, never the framework's text where that has a licence. */
  readonly title: string;
  readonly servedBy: readonly Mapping[];
}

export interface Section {
  readonly title: string;
  readonly controls: readonly Control[];
}

/** A framework of controls, and which guardrails serve them. The only place that says so. */
export interface Framework {
  /** As on the command line, e.g. `cis-5.0`. */
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** Which of its controls are listed, in one sentence. */
  readonly lists: string;
  readonly sections: readonly Section[];
}

/** All controls of a framework, in its order. */
export const controlsOf = ({ sections }: Framework): readonly Control[] =>
  sections.flatMap(({ controls }) => controls);

/** Framework id → the controls that a guardrail serves in it; frameworks without any left out. */
export function servedBy(
  guardrail: string,
  frameworks: readonly Framework[],
): Readonly<Record<string, readonly string[]>> {
  const served = frameworks.map((framework) => {
    const controls = controlsOf(framework).filter((control) =>
      control.servedBy.some((mapping) => mapping.guardrail === guardrail),
    );
    return [framework.id, controls.map(({ id }) => id)] as const;
  });
  return Object.fromEntries(served.filter(([, controls]) => controls.length > 0));
}
