import type { Written } from './pattern';

/** The plainest reading of what each operator means; texts are as compared. */
export function accepts(leaf: readonly Written[], text: string): boolean {
  const comparesNumbers = leaf.some(({ kind }) => kind === 'number') || leaf.some(hasNumbers);
  return leaf.some((entry) => holds(entry, text, comparesNumbers));
}

export const acceptsAbsent = (leaf: readonly Written[]): boolean =>
  leaf.some((entry) => memberOf(entry, 'exists')?.kind === 'false');

const hasNumbers = (entry: Written): boolean => {
  const but = memberOf(entry, 'anything-but');
  const first = but?.kind === 'list' ? but.items[0] : but;
  return memberOf(entry, 'numeric') !== undefined || first?.kind === 'number';
};

const memberOf = (written: Written, name: string): Written | undefined =>
  written.kind === 'object' ? written.members.find(([key]) => key === name)?.[1] : undefined;

const isString = (text: string): boolean => text.startsWith('"');
const JAVA = /\p{Surrogate}/gu;
const plain = (written: Written): string =>
  written.kind === 'object' || written.kind === 'list' ? '' : written.text.replace(JAVA, '?');
const raw = (written: Written): string =>
  written.kind === 'object' || written.kind === 'list' ? '' : written.text;

function holds(entry: Written, text: string, comparesNumbers: boolean): boolean {
  if (entry.kind === 'string') {
    const digits = hexadecimal(entry.text);
    if (digits === undefined) return text === `"${plain(entry)}"`;
    return isBetween(text, digits, digits, comparesNumbers);
  }
  if (entry.kind === 'number') return text === entry.text || areEqual(text, entry.text);
  if (entry.kind !== 'object') return text === plain(entry);
  const [name, operand] = entry.members[0] ?? ['', entry];
  switch (name) {
    case 'exactly':
      return text === `"${plain(operand)}"`;
    case 'exists':
      return operand.kind === 'true';
    case 'anything-but':
      return operand.kind === 'object'
        ? listOf(operand.members[0]?.[1] ?? operand).every(
            (one) => !isLike(operand.members[0]?.[0] ?? '', one, text),
          )
        : listOf(operand).every((one) =>
            one.kind === 'number' ? !areEqual(text, one.text) : text !== `"${plain(one)}"`,
          );
    case 'numeric':
      return isNumeric(listOf(operand), text);
    case 'cidr': {
      const [bottom, top] = block(plain(operand));
      return isBetween(text, bottom, top, comparesNumbers);
    }
    default:
      return isLike(name, operand, text);
  }
}

const listOf = (written: Written): readonly Written[] =>
  written.kind === 'list' ? written.items : [written];

function isLike(name: string, operand: Written, text: string): boolean {
  const folded = name === 'equals-ignore-case' ? operand : memberOf(operand, 'equals-ignore-case');
  const body = folded === undefined ? escaped(plain(operand)) : anyCase(raw(folded));
  if (!isString(text)) return false;
  if (name === 'prefix') return new RegExp(`^"${body}`).test(text);
  if (name === 'suffix') return new RegExp(`${body}"$`).test(text);
  if (name === 'equals-ignore-case') return new RegExp(`^"${body}"$`).test(text);
  const stars = plain(operand).replace(/\\[*\\]|\*|[^*\\]+/g, (piece) =>
    piece === '*' ? '[^]*' : escaped(piece.replace(/^\\/, '')),
  );
  return new RegExp(`^"${stars}"$`).test(text);
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
const anyCase = (text: string): string =>
  text
    .split('')
    .map((unit) => [unit.toLowerCase(), unit.toUpperCase()].map((one) => one.replace(JAVA, '?')))
    .map((forms) => `(?:${forms.map(escaped).join('|')})`)
    .join('');

/** Sign and digits, without zeros at the end, and the power of ten. */
function exact(text: string): readonly [bigint, bigint] | undefined {
  const parts = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(text);
  if (parts === null) return undefined;
  const [, sign, whole, fraction = '', exponent = '0'] = parts;
  let digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  let power = BigInt(exponent) - BigInt(fraction.length);
  if (digits === 0n) return [0n, 0n];
  for (; digits % 10n === 0n; digits /= 10n) power += 1n;
  return [digits, power];
}

function numberOf(text: string): number | undefined {
  const number = Number(text);
  const written = exact(text);
  if (written === undefined || !Number.isFinite(number)) return undefined;
  return String(exact(String(number))) === String(written) ? number : undefined;
}

const areEqual = (one: string, other: string): boolean =>
  numberOf(one) !== undefined && numberOf(one) === numberOf(other);

function isNumeric(terms: readonly Written[], text: string): boolean {
  const number = numberOf(text);
  if (number === undefined) return false;
  for (let at = 0; at < terms.length; at += 2) {
    const [operator, bound] = [raw(terms[at] as Written), Number(raw(terms[at + 1] as Written))];
    if (operator === '=' && number !== bound) return false;
    if (operator.startsWith('<') && number > bound) return false;
    if (operator.startsWith('>') && number < bound) return false;
    if (operator.length === 1 && operator !== '=' && number === bound) return false;
  }
  return true;
}

function hexadecimal(address: string): string | undefined {
  const hex = (value: number, width: number) =>
    value.toString(16).toUpperCase().padStart(width, '0');
  if (/^[0-9]+(\.[0-9]+){3}$/.test(address) && address.length <= 15) {
    const octets = address.split('.').map(Number);
    return octets.every((octet) => octet < 256) ? octets.map((o) => hex(o, 2)).join('') : undefined;
  }
  if (!/^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/.test(address) || address.length > 256) return undefined;
  const [left = '', right, more] = address.split('::');
  const groups = (half: string) => (half === '' ? [] : half.split(':'));
  const gap = 8 - groups(left).length - groups(right ?? '').length;
  if (more !== undefined || (right === undefined ? gap !== 0 : gap < 1)) return undefined;
  const all = [...groups(left), ...Array<string>(gap).fill('0'), ...groups(right ?? '')];
  if (all.some((group) => group === '' || Number(`0x${group}`) > 0xffff)) return undefined;
  const digits = all.map((group) => hex(Number(`0x${group}`), 4)).join('');
  return digits.replace(/^0{20}FFFF/, '');
}

function block(cidr: string): readonly [string, string] {
  const [address = '', bits = ''] = cidr.split('/');
  const digits = hexadecimal(address) ?? '';
  const binary = [...digits].map((d) => Number(`0x${d}`).toString(2).padStart(4, '0')).join('');
  const bound = (bit: string) =>
    (binary.slice(0, Number(bits)).padEnd(binary.length, bit).match(/.{4}/g) ?? [])
      .map((four) => Number(`0b${four}`).toString(16).toUpperCase())
      .join('');
  return [bound('0'), bound('1')];
}

function isBetween(text: string, bottom: string, top: string, comparesNumbers: boolean): boolean {
  if (!isString(text) && comparesNumbers && numberOf(text) !== undefined) return false;
  const digits = isString(text) ? hexadecimal(text.slice(1, -1)) : text;
  if (digits === undefined) return false;
  const order = (bound: string): number => {
    const at = [...bound].findIndex((digit, place) => digits[place] !== digit);
    if (at < 0) return 0;
    const digit = digits[at] ?? '';
    if (!/^[0-9A-F]$/.test(digit)) return Number.NaN;
    return digit < (bound[at] ?? '') ? -1 : 1;
  };
  return order(bottom) >= 0 && order(top) <= 0;
}
