import type { ChangeRow } from './rows';

/** A version and mode of a guardrail, and the day on which decisions first show them. */
export interface FirstDay {
  readonly guardrail: string;
  readonly version: number | undefined;
  readonly mode: string;
  readonly day: string;
  readonly accounts: number;
}

/**
 * What changed about guardrails within the period, as far as decisions show it: a version or a mode
 * that was not seen before. `firsts` are in the order of their days.
 */
export function changesOf(firsts: readonly FirstDay[]): readonly ChangeRow[] {
  const versions = new Map<string, Set<number | undefined>>();
  const modes = new Map<string, Set<string>>();
  return firsts.flatMap(({ guardrail, version, mode, day, accounts }): readonly ChangeRow[] => {
    const change = { day, guardrail, accounts };
    const seen = versions.get(guardrail);
    const inModes = modes.get(guardrail) ?? new Set();
    const isNewMode = !inModes.has(mode);
    versions.set(guardrail, new Set([...(seen ?? []), version]));
    modes.set(guardrail, inModes.add(mode));
    if (!seen)
      return [{ ...change, what: 'first decision', detail: `version ${version ?? '?'}, ${mode}` }];
    return [
      ...(seen.has(version)
        ? []
        : [{ ...change, what: 'version' as const, detail: `version ${version ?? '?'}` }]),
      ...(isNewMode ? [{ ...change, what: 'mode' as const, detail: mode }] : []),
    ];
  });
}
