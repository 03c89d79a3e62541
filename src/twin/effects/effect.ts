import type { Answer, Call, Json, JsonObject } from '#core';

/** What a call does to an account's state, and what it answers. */
export type Effect = (
  world: Json,
  call: Pick<Call, 'on' | 'input'> & {
    /** Who calls, as CloudTrail's userIdentity tells; unknown while a responder reads. */
    readonly caller?: JsonObject;
  },
) => { readonly world: Json; readonly answer: Answer };

export const found = (value: Json = {}): Answer => ({ kind: 'found', value });
export const absent: Answer = { kind: 'absent' };

/** A refusal as AWS would give it: its error code. */
export const refused = (
  code: string,
  why: 'denied' | 'malformed' = code === 'AccessDenied' ? 'denied' : 'malformed',
): Answer => ({ kind: 'refused', why, code });
