import { eventRow } from '#lake/event-row';
import { LARGEST_ANSWER_BYTES, transformed } from '#lake/firehose';
import { envelope } from '../support/event';
import { CONTEXT } from './context';

const record = (recordId: string, text: string) => ({
  recordId,
  data: Buffer.from(text).toString('base64'),
});
const shape = (text: string) => eventRow(text, CONTEXT);
const textOf = (data: string | undefined) => Buffer.from(data ?? '', 'base64').toString();

describe('the shaping of a stream', () => {
  test('answers each record in order, rows with a line feed, and what is no row as it came', () => {
    const { records, refused } = transformed(
      [record('1', envelope({})), record('2', '{"half'), record('3', envelope({ eventID: 'b' }))],
      shape,
    );

    expect(records.map(({ recordId, result }) => [recordId, result])).toEqual([
      ['1', 'Ok'],
      ['2', 'ProcessingFailed'],
      ['3', 'Ok'],
    ]);
    expect(textOf(records[0]?.data)).toMatch(/^\{"activity_id":3.*\}\n$/);
    expect(textOf(records[1]?.data)).toBe('{"half');
    expect(refused).toEqual([{ recordId: '2', reason: 'the event is not JSON' }]);
  });

  test('an answer that would be larger than Lambda allows refuses the rest, and loses none', () => {
    const quotes = '"'.repeat(450_000);
    const incoming = ['1', '2', '3'].map((id) =>
      record(id, envelope({ eventID: id, requestParameters: { quotes } })),
    );

    const { records, refused } = transformed(incoming, shape);

    expect(records.map(({ result }) => result)).toContain('ProcessingFailed');
    expect(refused[0]?.reason).toMatch(/larger than 6 MB/);
    expect(JSON.stringify({ records }).length).toBeLessThan(LARGEST_ANSWER_BYTES);
    expect(records.map(({ recordId }) => recordId)).toEqual(['1', '2', '3']);
  });

  test('a fault of ours is thrown, so that Firehose tries again', () => {
    const broken = () => {
      throw new TypeError('a bug');
    };

    expect(() => transformed([record('1', '{}')], broken)).toThrow('a bug');
  });
});
