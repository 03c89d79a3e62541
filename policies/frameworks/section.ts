import type { Bearing, Control, Mapping, Section, Strength } from '#core';

/** One guardrail's service to a control. Without a bearing it is the state of resources. */
export type Service = readonly [
  guardrail: string,
  strength: Strength,
  rationale: string,
  bearing?: Bearing,
];

/** A section of controls, each with its id, our title, and who serves it. */
export const section = (
  title: string,
  ...controls: readonly (readonly [id: string, title: string, ...services: readonly Service[]])[]
): Section => ({
  title,
  controls: controls.map(
    ([id, words, ...services]): Control => ({ id, title: words, servedBy: services.map(mapping) }),
  ),
});

const mapping = ([guardrail, strength, rationale, bearing = 'state']: Service): Mapping => ({
  guardrail,
  strength,
  bearing,
  rationale,
});
