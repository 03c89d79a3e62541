import { type Decision, isObject, type Json } from '#core';
import type { Driven } from '#sandbox/drive';

/** Owners' canonical ids are AWS's to choose, and display names are no longer given by AWS. */
function withoutIds(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'DisplayName');
  return Object.fromEntries(
    kept.map(([key, one]) => [key, key === 'ID' ? 'an owner' : withoutIds(one)]),
  );
}

/** Ids that AWS chooses: of security groups, their rules, and access keys. */
const CHOSEN = /\b(sgr|sg|AKIA|LKIA)-?[0-9A-Za-z]{16,17}\b/g;

const plain = (value: unknown): Json =>
  withoutIds(JSON.parse(JSON.stringify(value).replace(CHOSEN, 'an id of $1')) as Json);

/** A decision without what two runs cannot agree on: ids and times. */
export const comparable = (driven: Driven): Json =>
  plain({ ...driven, because: driven.because ?? null });

/** A decision of the twin in the shape the sandbox's driver gives. */
export const fromTwin = (decision: Decision): Json =>
  comparable({
    guardrail: decision.guardrail.id,
    resource: decision.resource.arn,
    mode: decision.mode,
    verdict: decision.verdict.verdict,
    reason: decision.verdict.reason,
    outcome: decision.outcome,
    because: decision.because,
    planned: decision.planned,
    made: decision.made.map(({ call: { operation, input } }) => ({ operation, input })),
  });
