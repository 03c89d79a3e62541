import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { envelope } from '../support/event';

const SHARED = path.resolve(__dirname, '../../../shared/cloudtrail');

interface RecordedDetail {
  readonly eventSource?: string;
  readonly awsRegion?: string;
  readonly recipientAccountId?: unknown;
}

/** Envelopes of all recorded events where they are at hand, else of two made ones. */
export function recordedEnvelopes(): readonly string[] {
  if (!existsSync(SHARED)) {
    console.warn(`${SHARED} is missing: two made events stand in for the 1,178 recorded ones`);
    return [envelope({}), envelope({ eventName: 'DeleteBucket', errorCode: 'AccessDenied' })];
  }
  const folder = path.join(SHARED, 'events');
  return readdirSync(folder)
    .sort()
    .flatMap((name) => linesOf(path.join(folder, name)))
    .map((line, i) => wrapped(JSON.parse(line), i));
}

/** As EventBridge would wrap it; what anonymising left impossible in account or Region is mended. */
function wrapped(detail: RecordedDetail, index: number): string {
  const { eventSource = 'unknown.amazonaws.com', awsRegion = '' } = detail;
  const recipient = String(detail.recipientAccountId ?? '');
  const account = /^\d{12}$/.test(recipient) ? recipient : '444444444444';
  const region = /^[a-z]{2}(-[a-z]+)+-\d$/.test(awsRegion) ? awsRegion : 'us-east-1';
  return JSON.stringify({
    version: '0',
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${eventSource.split('.')[0]}`,
    account,
    // EventBridge's own; a few recorded events have an eventTime that is a placeholder.
    time: '2026-11-21T10:00:00Z',
    region,
    resources: [],
    detail: {
      eventID: `made-${index}`,
      ...detail,
      ...('recipientAccountId' in detail ? { recipientAccountId: account } : {}),
    },
  });
}

const linesOf = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
