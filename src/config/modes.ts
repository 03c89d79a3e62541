import { at, isObject, type Json, type JsonObject, type Mode, type ModeEntry, modeOf } from '#core';
import { MODES } from './schema';

const isMode = (value: Json | undefined): value is (typeof MODES)[number] =>
  MODES.some((mode) => mode === value);

/** The lines of the ladder, from the `guardrails` mapping as it is written; wrong modes left out. */
export function modeEntries(guardrails: JsonObject): readonly ModeEntry[] {
  return Object.entries(guardrails).flatMap(([guardrail, entry]) => [
    ...entriesOf(guardrail, { '/': at(entry, 'mode') }),
    ...entriesOf(guardrail, at(entry, 'ous')),
    ...entriesOf(guardrail, at(entry, 'accounts')),
  ]);
}

const entriesOf = (guardrail: string, places: unknown): readonly ModeEntry[] =>
  isObject(places)
    ? Object.entries(places).flatMap(([on, mode]) =>
        isMode(mode) ? [{ guardrail, on, mode: mode satisfies Mode }] : [],
      )
    : [];

/** Whether a guardrail is off in every account, so that no event needs to be forwarded for it. */
export function isOffEverywhere(
  {
    modes,
    accounts,
  }: {
    readonly modes: readonly ModeEntry[];
    readonly accounts: readonly { readonly id: string; readonly ouPath: string }[];
  },
  guardrail: string,
): boolean {
  const places = accounts.length > 0 ? accounts : [{ id: '', ouPath: '/' }];
  return places.every(
    ({ id, ouPath }) => modeOf({ modes }, guardrail, { id, ouPath, kind: 'member' }).mode === 'off',
  );
}
