/**
 * The number a JSON text stands for, where it can be compared: a double that prints as the very
 * same decimal number. `300`, `300.0` and `3.0e2` are one number; `9007199254740993` and `1e400`
 * are none and equal only the same text.
 */
export function comparable(text: string): number | undefined {
  const first = text.charCodeAt(0);
  if (first !== 0x2d && (first < 0x30 || first > 0x39)) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  const written = String(value);
  if (written !== text && decimal(written) !== decimal(text)) return undefined;
  return value === 0 ? 0 : value;
}

/** One spelling per decimal number: `<sign><digits without zeros at either end>e<exponent>`. */
function decimal(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.slice(sign.length).split('.');
  const digits = whole + fraction;
  let from = 0;
  while (digits[from] === '0') from += 1;
  let to = digits.length;
  while (to > from && digits[to - 1] === '0') to -= 1;
  if (from === to) return '0';
  const power = Number(exponent) - fraction.length + digits.length - to;
  return `${sign}${digits.slice(from, to)}e${power}`;
}
