import { around, batchesOf } from '#siem/batches';
import type { Encoded } from '#siem/protocol';
import { readRecord } from '#siem/record';
import { retryAfterMs, waitMs } from '#siem/retry-after';
import { eventRecord } from './stream';

const NOW = Date.parse('2026-11-21T10:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['seconds', '12', 12_000],
    ['zero', '0', 0],
    ['a date', 'Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
    ['a date in the past', 'Sat, 21 Nov 2026 09:00:00 GMT', 0],
    ['more than five minutes', '86400', 300_000],
    ['more than a number holds', '9'.repeat(400), 300_000],
    ['nothing', undefined, undefined],
    ['blanks', '  ', undefined],
    ['a negative number', '-5', undefined],
    ['a fraction', '1.5', undefined],
    ['words', 'soon', undefined],
  ])('of %s', (_, header, wanted) => {
    expect(retryAfterMs(header, NOW)).toBe(wanted);
  });
});

describe('the wait before the next attempt', () => {
  it('doubles, up to twenty seconds, and is spread over all of it', () => {
    const waits = [0, 1, 2, 3, 10].map((attempt) => waitMs(attempt, { random: 0.999999 }));

    expect(waits).toEqual([200, 400, 800, 1600, 20_000]);
    expect(waitMs(3, { random: 0 })).toBe(0);
  });

  it('is never shorter than the receiver asked for, nor the same for all', () => {
    expect(waitMs(0, { afterMs: 5000, random: 0 })).toBe(5000);
    expect(waitMs(0, { afterMs: 5000, random: 0.5 })).toBe(5100);
  });
});

describe('batches', () => {
  const ofSizes = (...sizes: readonly number[]): readonly Encoded[] =>
    sizes.map((size, index) => {
      const record = readRecord(eventRecord(index, '444444444444'));
      return { record, settles: record.uid, bytes: Buffer.alloc(size) };
    });
  const sizes = (batches: Encoded[][]) =>
    batches.map((one) => one.map(({ bytes }) => bytes.length));

  it('hold as many bytes as allowed and keep the order', () => {
    const batches = batchesOf(ofSizes(40, 60, 1, 99, 100, 5), { bytes: 100, records: 10 });

    expect(sizes(batches)).toEqual([[40, 60], [1, 99], [100], [5]]);
  });

  it('hold no more records than allowed', () => {
    const batches = batchesOf(ofSizes(1, 1, 1, 1, 1), { bytes: 100, records: 2 });

    expect(sizes(batches)).toEqual([[1, 1], [1, 1], [1]]);
  });

  it('leave a record that is too large alone', () => {
    const batches = batchesOf(ofSizes(10, 500, 10), { bytes: 100, records: 10 });

    expect(sizes(batches)).toEqual([[10], [500], [10]]);
  });
});

describe('what is put around a refused record', () => {
  it.each([
    ['in the middle', 2, [[1, 2], [3], [4, 5]]],
    ['first', 0, [[1], [2, 3, 4, 5]]],
    ['last', 4, [[1, 2, 3, 4], [5]]],
    [
      'nowhere: halves',
      undefined,
      [
        [1, 2, 3],
        [4, 5],
      ],
    ],
    [
      'behind the end: halves',
      5,
      [
        [1, 2, 3],
        [4, 5],
      ],
    ],
    [
      'before the start: halves',
      -1,
      [
        [1, 2, 3],
        [4, 5],
      ],
    ],
    [
      'between two: halves',
      1.5,
      [
        [1, 2, 3],
        [4, 5],
      ],
    ],
  ])('%s', (_, index, wanted) => {
    expect(around([1, 2, 3, 4, 5], index)).toEqual(wanted);
  });
});
