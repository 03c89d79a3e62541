import { z } from 'zod';
import { UnjudgeableEvent } from './errors';
import { type Json, textAt } from './json';

const caller = z
  .looseObject({
    type: z.string().nullish(),
    arn: z.string().nullish(),
    accountId: z.coerce.string().nullish(),
    userName: z.string().nullish(),
    invokedBy: z.string().nullish(),
  })
  .nullish();

const detail = z.looseObject({
  eventID: z.string().min(1).max(128),
  eventName: z.string().min(1).max(256),
  eventSource: z.string().min(1).max(256),
  eventTime: z.string().optional(),
  awsRegion: z.string().optional(),
  userIdentity: caller,
  recipientAccountId: z.string().nullish(),
  errorCode: z.string().nullish(),
});

const envelope = z.looseObject({
  account: z.string().regex(/^\d{12}$/),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
  source: z.string(),
  time: z.string(),
  'detail-type': z.string(),
  'replay-name': z.string().max(256).optional(),
  detail,
});

/** Who made the call, as CloudTrail's userIdentity tells; every part may be missing. */
export interface Caller {
  readonly type?: string;
  readonly arn?: string;
  readonly account?: string;
  /** The IAM user's name, or of an assumed role the role's. */
  readonly name?: string;
  /** The session's name, of an assumed role. */
  readonly session?: string;
  /** The ARN of the role that was assumed. */
  readonly role?: string;
  readonly sourceIdentity?: string;
  readonly invokedBy?: string;
}

/** A CloudTrail record inside its EventBridge envelope. Account and Region are the envelope's. */
export interface TrailEvent {
  readonly eventID: string;
  readonly account: string;
  readonly region: string;
  /** When the call was made, ISO 8601. */
  readonly time: string;
  readonly source: string;
  readonly name: string;
  readonly caller: Caller;
  readonly request: Json;
  readonly response: Json;
  readonly errorCode?: string;
  readonly replayName?: string;
  /** The whole envelope, as it arrived. */
  readonly raw: Json;
}

/** EventBridge takes entries up to 1 MB since 2026-01-29. */
export const LARGEST_EVENT_BYTES = 1_048_576;

/**
 * Parses an EventBridge envelope from text.
 * @throws UnjudgeableEvent with a reason where it is no CloudTrail event or contradicts itself.
 */
export function parseTrailEvent(text: string): TrailEvent {
  if (Buffer.byteLength(text) > LARGEST_EVENT_BYTES)
    throw new UnjudgeableEvent('the event is larger than 1 MB');
  let raw: Json;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new UnjudgeableEvent('the event is not JSON', { cause });
  }
  const parsed = envelope.safeParse(raw);
  if (!parsed.success) {
    const places = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new UnjudgeableEvent(`not a CloudTrail event in its envelope: ${places.join('; ')}`);
  }
  const { detail: record, ...outer } = parsed.data;
  const named = record.recipientAccountId;
  if (named != null && named !== outer.account)
    throw new UnjudgeableEvent(
      `the detail names account ${named.slice(0, 12)}, the envelope account ${outer.account}`,
    );
  return {
    eventID: record.eventID,
    account: outer.account,
    region: outer.region,
    time: record.eventTime ?? outer.time,
    source: record.eventSource,
    name: record.eventName,
    caller: callerOf(record.userIdentity as Json),
    request: (record.requestParameters ?? null) as Json,
    response: (record.responseElements ?? null) as Json,
    ...(record.errorCode ? { errorCode: record.errorCode } : {}),
    ...(outer['replay-name'] ? { replayName: outer['replay-name'] } : {}),
    raw,
  };
}

function callerOf(identity: Json): Caller {
  const issuer = ['sessionContext', 'sessionIssuer'] as const;
  const arn = textAt(identity, 'arn');
  const assumed = textAt(identity, 'type') === 'AssumedRole';
  const found = {
    type: textAt(identity, 'type'),
    arn,
    account: textAt(identity, 'accountId'),
    name: textAt(identity, 'userName') ?? textAt(identity, ...issuer, 'userName'),
    session: assumed ? arn?.split('/').at(-1) : undefined,
    role: textAt(identity, ...issuer, 'arn'),
    sourceIdentity: textAt(identity, 'sessionContext', 'sourceIdentity'),
    invokedBy: textAt(identity, 'invokedBy'),
  };
  // An empty name is none.
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value));
}
