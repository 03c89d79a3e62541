import { Unmappable } from './errors';
import type { RowContext } from './row-context';
import type { LakeRow } from './rows';
import { lineOf } from './write';

/** Makes a row of a record's text. */
export type Shape = (text: string, context: RowContext) => LakeRow;

/** A record as Firehose hands it to a transforming function. */
export interface Incoming {
  readonly recordId: string;
  /** Base64. */
  readonly data: string;
}

/** Firehose's answer to one record: what failed is kept under the stream's error prefix. */
export interface Transformed {
  readonly recordId: string;
  readonly result: 'Ok' | 'ProcessingFailed';
  /** Base64; of what failed the record as it came. */
  readonly data: string;
}

/**
 * Lambda answers at most 6,291,556 bytes; the rest is for JSON around the data and the refusals.
 * The buffer below keeps well under it: a row is at most 2 × its record, and base64 is 4/3.
 */
export const LARGEST_ANSWER_BYTES = 6_000_000;

/** What Firehose hands to the function at once: its default. */
export const BUFFER_MB = 1;

/**
 * Shapes a batch; each record is answered, in order. A record that is no row, or for which the
 * answer has no room left, goes back as it came with a reason: never dropped.
 */
export function transformed(
  incoming: readonly Incoming[],
  shape: (text: string) => LakeRow,
): {
  readonly records: readonly Transformed[];
  readonly refused: readonly { readonly recordId: string; readonly reason: string }[];
} {
  const refused: { recordId: string; reason: string }[] = [];
  // What fails is answered with its data too: there is room for all of that in any case.
  let room = LARGEST_ANSWER_BYTES - incoming.reduce((sum, one) => sum + sizeOf(one), 0);
  const records = incoming.map((one): Transformed => {
    const refuse = (reason: string): Transformed => {
      refused.push({ recordId: one.recordId, reason });
      return { recordId: one.recordId, result: 'ProcessingFailed', data: one.data };
    };
    const made = tryShape(one, shape);
    if (typeof made !== 'string') return refuse(made.reason);
    const grown = made.length - one.data.length;
    if (grown > room) return refuse('the answer to Firehose would be larger than 6 MB');
    room -= grown;
    return { recordId: one.recordId, result: 'Ok', data: made };
  });
  return { records, refused };
}

/** With room for the keys of the answer around id and data. */
const sizeOf = ({ recordId, data }: Incoming): number => recordId.length + data.length + 80;

function tryShape(
  { data }: Incoming,
  shape: (text: string) => LakeRow,
): string | { readonly reason: string } {
  try {
    const text = Buffer.from(data, 'base64').toString('utf8');
    return Buffer.from(lineOf(shape(text))).toString('base64');
  } catch (error) {
    if (error instanceof Unmappable) return { reason: error.message };
    throw error;
  }
}
