import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import {
  at,
  isObject,
  type Json,
  parseTrailEvent,
  type TrailEvent,
  textAt,
  UnjudgeableEvent,
} from '#core';
import { activityOf } from './activity';
import { actorOf } from './actor';
import type { EventRow, EventUnmapped } from './api-activity';
import type { ResourceDetails } from './classified-row';
import { Unmappable } from './errors';
import { momentOf, present, rfc3339 } from './moment';
import { entry, type RowContext } from './row-context';
import { EVENT_CLASS, OCSF_VERSION } from './rows';

/**
 * The row of an API call, from the EventBridge envelope's text. Pure: the same text gives the same
 * row. Account and Region are the envelope's, never the detail's.
 * @throws Unmappable where it is no CloudTrail event in its envelope, or tells no time.
 */
export function eventRow(text: string, context: RowContext): EventRow {
  const event = parsed(text);
  const detail = at(event.raw, 'detail');
  const time = momentOf(event.time) ?? momentOf(textAt(event.raw, 'time'));
  if (time === undefined) throw new Unmappable(`event ${event.eventID} tells no time`);
  const account = entry(context.accounts, event.account);
  const userAgent = textAt(detail, 'userAgent');
  const resources = resourcesOf(at(detail, 'resources'));
  return {
    ...classOf(event, detail),
    ...statusOf(event, detail),
    ...{ severity_id: 1, severity: 'Informational', time, time_dt: rfc3339(time) },
    message: `${event.source} ${event.name}`,
    metadata: {
      uid: uidOf(event),
      version: OCSF_VERSION,
      product: {
        ...{ name: 'CloudTrail', vendor_name: 'AWS' },
        ...present({ version: textAt(detail, 'eventVersion') }),
      },
      profiles: ['cloud', 'datetime'],
      correlation_uid: event.eventID,
      original_event_uid: event.eventID,
      original_time: event.time,
      tenant_uid: context.organization,
    },
    cloud: {
      provider: 'AWS',
      region: event.region,
      account: { uid: event.account, ...present({ name: account?.name }) },
      org: { uid: context.organization, ...present({ ou_name: account?.ouPath }) },
    },
    actor: actorOf(event, detail),
    api: apiOf(event, detail),
    src_endpoint: sourceOf(textAt(detail, 'sourceIPAddress') ?? event.source),
    ...present({
      http_request: userAgent === undefined ? undefined : { user_agent: userAgent },
      resources: resources.length === 0 ? undefined : resources,
    }),
    raw_data: text,
    unmapped: unmappedOf(event, detail),
  };
}

function parsed(text: string): TrailEvent {
  try {
    return parseTrailEvent(text);
  } catch (cause) {
    if (cause instanceof UnjudgeableEvent) throw new Unmappable(cause.message, { cause });
    throw cause;
  }
}

/** Owner and caller each get a copy with the same eventID: the account tells them apart. */
const uidOf = ({ eventID, account }: TrailEvent): string => {
  const hash = createHash('sha256').update(JSON.stringify([eventID, account]));
  return `e-${hash.digest('hex').slice(0, 40)}`;
};

function classOf({ name }: TrailEvent, detail: Json | undefined) {
  const activity = activityOf(name, at(detail, 'readOnly') === true);
  return {
    activity_id: activity.id,
    activity_name: activity.name,
    ...{ category_uid: 6, category_name: 'Application Activity' },
    ...{ class_uid: EVENT_CLASS, class_name: 'API Activity' },
    type_uid: EVENT_CLASS * 100 + activity.id,
    type_name: `API Activity: ${activity.name}`,
  };
}

/** A sign-in that fails has no error code: `responseElements` tells it. */
function statusOf(event: TrailEvent, detail: Json | undefined) {
  const error = event.errorCode;
  const message = textAt(detail, 'errorMessage');
  const answers = isObject(event.response) ? Object.values(event.response) : [];
  const refused = event.source === 'signin.amazonaws.com' && answers.includes('Failure');
  const failed = error !== undefined || message !== undefined || refused;
  return {
    ...(failed
      ? ({ status_id: 2, status: 'Failure' } as const)
      : ({ status_id: 1, status: 'Success' } as const)),
    ...present({ status_code: error, status_detail: message }),
  };
}

function apiOf(event: TrailEvent, detail: Json | undefined): EventRow['api'] {
  const request = textAt(detail, 'requestID');
  const message = textAt(detail, 'errorMessage');
  const failed = event.errorCode !== undefined || message !== undefined;
  return {
    operation: event.name,
    service: { name: event.source },
    ...present({
      version: textAt(detail, 'apiVersion'),
      request: request === undefined ? undefined : { uid: request },
      response: failed ? present({ error: event.errorCode, error_message: message }) : undefined,
    }),
  };
}

/** CloudTrail's sourceIPAddress is an address, or the name of a service of AWS. */
const sourceOf = (source: string): EventRow['src_endpoint'] =>
  isIP(source) ? { ip: source } : { svc_name: source };

function resourcesOf(listed: Json | undefined): readonly ResourceDetails[] {
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((one: Json) => {
    const uid = textAt(one, 'ARN');
    const owner = textAt(one, 'accountId');
    if (uid === undefined) return [];
    return [
      {
        uid,
        ...present({
          type: textAt(one, 'type'),
          owner: owner === undefined ? undefined : { account: { uid: owner } },
        }),
      },
    ];
  });
}

function unmappedOf(event: TrailEvent, detail: Json | undefined): EventUnmapped {
  const truth = (name: string) => {
    const value = at(detail, name);
    return typeof value === 'boolean' ? value : undefined;
  };
  return {
    detail_type: textAt(event.raw, 'detail-type') ?? '',
    ...present({
      event_type: textAt(detail, 'eventType'),
      event_category: textAt(detail, 'eventCategory'),
      read_only: truth('readOnly'),
      management_event: truth('managementEvent'),
      shared_event_id: textAt(detail, 'sharedEventID'),
      source_identity: event.caller.sourceIdentity,
      replay_name: event.replayName,
    }),
  };
}
