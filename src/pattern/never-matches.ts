import { detailTypes, envelopeSource, isEventSource } from './cloudtrail';
import { accepts, hasTests, type Leaf } from './leaf';
import type { Alternative, Pattern } from './parse';
import { isQuoted, quoted } from './text';
import { valueOfText } from './value';

const ENVELOPE: ReadonlySet<string> = new Set([
  ...['version', 'id', 'detail-type', 'source', 'account', 'time', 'region', 'resources', 'detail'],
  'replay-name',
]);

const ALWAYS_THERE = [
  ...['version', 'id', 'detail-type', 'source', 'account', 'time', 'region'],
  ...['detail.eventID', 'detail.eventName', 'detail.eventSource', 'detail.eventTime'],
];

/**
 * Why a pattern can never match a CloudTrail event, or undefined where nothing speaks against it.
 * Finds what often goes wrong, such as `"source": ["aws.cloudtrail"]` for a call to S3.
 */
export function neverMatches(pattern: Pattern): string | undefined {
  const reasons = pattern.alternatives.map((alternative) =>
    CHECKS.map((check) => check(alternative)).find(Boolean),
  );
  return reasons.every(Boolean) ? [...new Set(reasons)].join('; ') : undefined;
}

type Check = (alternative: Alternative) => string | undefined;

const CHECKS: readonly Check[] = [
  (alternative) => {
    for (const [path, leaf] of alternative) {
      const [key = ''] = path.split('.');
      if (ENVELOPE.has(key) || leaf.acceptsAbsent) continue;
      return `the envelope has no "${key}"; the parts of CloudTrail's record are in "detail"`;
    }
    return undefined;
  },
  (alternative) => {
    const path = ALWAYS_THERE.find((one) => isOnlyAbsent(alternative.get(one)));
    return path === undefined ? undefined : `"${path}" is never missing`;
  },
  (alternative) => {
    const accounts = literals(alternative.get('account'));
    if (accounts?.every((account) => !/^"[0-9]{12}"$/.test(account)))
      return `"account" is a string of twelve digits, never ${accounts.join(' or ')}`;
    return undefined;
  },
  (alternative) => {
    const types = literals(alternative.get('detail-type'));
    if (types?.every((type) => !type.endsWith(' via CloudTrail"')))
      return `no event from CloudTrail has the detail-type ${types.join(' or ')}`;
    return undefined;
  },
  (alternative) => {
    const sources = literals(alternative.get('source'));
    if (sources?.every((source) => !source.startsWith('"aws.')))
      return `"source" begins with "aws.", it is never ${sources.join(' or ')}`;
    return undefined;
  },
  (alternative) => {
    const sources = literals(alternative.get('detail.eventSource'));
    if (sources === undefined) return undefined;
    const services = sources.filter(isQuoted).map((source) => source.slice(1, -1));
    const known = services.filter(isEventSource);
    if (known.length === 0)
      return `"eventSource" ends with ".amazonaws.com", it is never ${sources.join(' or ')}`;
    return contradiction(alternative, known);
  },
];

/** What the envelope says against every one of the services that the detail names. */
function contradiction(alternative: Alternative, services: readonly string[]): string | undefined {
  const source = alternative.get('source');
  const fitting = services.filter((service) => allows(source, envelopeSource(service)));
  if (fitting.length === 0) {
    const right = services.map((service) => `"${envelopeSource(service)}"`).join(' or ');
    return `the events of ${services.join(', ')} have the source ${right}`;
  }
  const type = alternative.get('detail-type');
  if (fitting.some((service) => detailTypes(service).some((one) => allows(type, one))))
    return undefined;
  const right = [...new Set(fitting.flatMap(detailTypes))].map((one) => `"${one}"`).join(' or ');
  return `the events of ${fitting.join(', ')} have the detail-type ${right}`;
}

const allows = (leaf: Leaf | undefined, text: string): boolean =>
  leaf === undefined || accepts(leaf, valueOfText(quoted(text)));

/** All that a leaf accepts, where that is a list of plain values. */
const literals = (leaf: Leaf | undefined): readonly string[] | undefined =>
  leaf === undefined || hasTests(leaf) || leaf.acceptsAbsent ? undefined : [...leaf.texts];

const isOnlyAbsent = (leaf: Leaf | undefined): boolean =>
  leaf?.acceptsAbsent === true && leaf.texts.size + leaf.numbers.size === 0 && !hasTests(leaf);
