import type { Json } from '#core';
import { PatternError } from '../errors';
import { parsePattern } from '../parse';
import { type Alternative, conditionAt } from './condition';
import { detailType, signIns } from './detail-types';
import { alwaysThere, envelope } from './envelope';
import { openName, unknownName } from './event-name';
import type { Check, Fault, RuleFacts } from './fault';
import { alwaysRecorded, fields } from './fields';
import { tooLong } from './limits';
import { overwritten } from './overwritten';
import { readOnlyAsked, unseenRead } from './read-only';
import { globalServices, sameInBoth } from './regions';
import { eventSource, source, sourceOfService } from './sources';
import { accounts, types } from './types';

export { type Fault, type RuleFacts, sentenceOf } from './fault';
export { MOST_TARGETS } from './limits';

const CHECKS: readonly Check[] = [
  ...[envelope, alwaysThere, alwaysRecorded, accounts, types, detailType, source, eventSource],
  ...[sourceOfService, signIns, fields, globalServices, sameInBoth, openName, readOnlyAsked],
];

/**
 * What is wrong with an event pattern: why it can never match, which of its event names never do,
 * and what EventBridge would refuse. Nothing is said about events that are not CloudTrail's, beside
 * what holds for all. No fault means that none is known, not that the pattern matches something.
 */
export function checkPattern(text: string, rule: RuleFacts = {}): readonly Fault[] {
  let alternatives: readonly Alternative[];
  try {
    alternatives = parsePattern(text).alternatives;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return [refused(error)];
  }
  const faults = alternatives.map((alternative) => deadBy(alternative, rule));
  const always = inJson(text);
  if (faults.every((one) => one.length > 0)) return distinct([...always, ...faults.flat()]);
  const alive = alternatives.filter((_, index) => faults[index]?.length === 0);
  return distinct([...always, ...deadNames(alternatives, alive, rule)]);
}

/** What the text shows. EventBridge reads no further than the closing brace; what is behind counts nothing. */
function inJson(text: string): readonly Fault[] {
  let pattern: Json;
  try {
    pattern = JSON.parse(text);
  } catch {
    return [];
  }
  return [tooLong(pattern), overwritten(pattern)].filter((one) => one !== undefined);
}

const refused = ({ message, line, column }: PatternError): Fault => ({
  at: line === undefined ? '' : `line ${line}, column ${column}`,
  reason: `EventBridge refuses it: ${message}`,
  mend: 'correct the pattern there',
});

/** Why an alternative matches nothing; none where nothing speaks against it. */
function deadBy(alternative: Alternative, rule: RuleFacts): readonly Fault[] {
  for (const check of CHECKS) {
    const fault = check(alternative, rule);
    if (fault !== undefined) return [fault];
  }
  const names = conditionAt(alternative, 'detail.eventName');
  if (names?.values === undefined || names.strings.length === 0) return [];
  const faults = names.strings.map((name) => nameFault(alternative, name, rule));
  return faults.every((one) => one !== undefined) ? faults.filter((one) => one !== undefined) : [];
}

/** Names in a list that match in no alternative, though others of the list do. */
function deadNames(
  all: readonly Alternative[],
  alive: readonly Alternative[],
  rule: RuleFacts,
): readonly Fault[] {
  const namesIn = (alternative: Alternative) =>
    conditionAt(alternative, 'detail.eventName')?.strings ?? [];
  return [...new Set(all.flatMap(namesIn))].flatMap((name) => {
    const having = all.filter((alternative) => namesIn(alternative).includes(name));
    const faults = having.map((alternative) => nameFault(alternative, name, rule));
    const isAlive = having.some((one, i) => alive.includes(one) && faults[i] === undefined);
    const [first] = faults.filter((one) => one !== undefined);
    return isAlive || first === undefined ? [] : [first];
  });
}

const nameFault = (alternative: Alternative, name: string, rule: RuleFacts): Fault | undefined =>
  unknownName(alternative, name) ?? unseenRead(alternative, name, rule);

const distinct = (faults: readonly Fault[]): readonly Fault[] => [
  ...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values(),
];
