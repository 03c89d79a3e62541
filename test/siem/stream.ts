import type { StreamRecord } from '#siem';
import { envelope } from '../support/event';

/** A sequence number as Kinesis writes them: the same number of digits each. */
export const sequenceOf = (index: number): string => `4967${String(index).padStart(52, '0')}`;

/** An event of an account in the stream; its eventID is made from its index. */
export function eventRecord(index: number, account: string, padding = ''): StreamRecord {
  const eventID = `6f1c9a52-0000-4000-8000-${String(index).padStart(12, '0')}`;
  return textRecord(index, account, envelope({ eventID, userAgent: padding }, { account }));
}

export const textRecord = (index: number, account: string, text: string): StreamRecord => ({
  sequence: sequenceOf(index),
  partitionKey: account,
  data: Buffer.from(text),
  arrived: Date.parse('2026-11-21T10:00:02Z'),
});
