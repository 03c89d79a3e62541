import { at } from '#core';
import { suggestion } from '#core/nearest';
import { type Check, mappingAt } from './draft';

/** OU paths under a guardrail exist in the organization. */
export const ouPaths: Check = (draft) => {
  const { source, snapshot } = draft;
  if (snapshot === undefined) return [];
  const known = ['/', ...snapshot.organizationalUnits.map(({ path }) => path)];
  return Object.keys(mappingAt(draft, 'guardrails')).flatMap((guardrail) =>
    Object.keys(mappingAt(draft, 'guardrails', guardrail, 'ous'))
      .filter((path) => path.startsWith('/') && !known.includes(path))
      .map((path) =>
        source.atKey(
          ['guardrails', guardrail, 'ous', path],
          `there is no OU ${path}`,
          suggestion(path, known),
        ),
      ),
  );
};

/** `mode` and `ous: { / }` are the same place and cannot both be set. */
export const oneModeForTheRoot: Check = (draft) =>
  Object.keys(mappingAt(draft, 'guardrails')).flatMap((guardrail) => {
    const entry = ['guardrails', guardrail];
    const isTwice =
      at(draft.source.value, ...entry, 'mode') !== undefined &&
      at(draft.source.value, ...entry, 'ous', '/') !== undefined;
    return isTwice
      ? [
          draft.source.atKey(
            [...entry, 'ous', '/'],
            `${guardrail} has two modes for the whole organization`,
            'keep mode or the OU path /',
          ),
        ]
      : [];
  });

/** A guardrail whose settings have no defaults is given them, or is not used. */
export const neededSettings: Check = (draft) =>
  draft.guardrails.flatMap(({ id, settings }) => {
    const isGiven = at(draft.source.value, 'guardrails', id, 'settings') !== undefined;
    if (isGiven || settings.safeParse({}).success) return [];
    return [
      draft.source.atKey(
        ['guardrails', id],
        `${id} has no settings`,
        `write them under guardrails.${id}.settings; \`parapet guardrails show ${id}\` tells them`,
      ),
    ];
  });
