import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Outcome } from '#core';
import type { EventRow } from '#lake/api-activity';
import type { DecisionRow } from '#lake/compliance-finding';

/** What a row in a test says; the rest is filled in. */
export interface Said {
  readonly id?: string;
  readonly guardrail?: string;
  readonly account?: string;
  readonly accountName?: string;
  readonly unit?: string;
  readonly region?: string;
  readonly resource?: string;
  readonly severity?: 2 | 3 | 4 | 5;
  readonly outcome?: Outcome;
  readonly reason?: string;
  readonly because?: string;
  readonly mode?: string;
  readonly version?: number;
  readonly called?: number;
  readonly detectMs?: number;
  readonly repairMs?: number;
  readonly caller?: string;
  readonly call?: readonly [name: string, source: string];
  readonly before?: string;
  readonly after?: string;
  readonly planned?: readonly string[];
  readonly made?: readonly { readonly operation: string; readonly error?: string }[];
}

const VERDICTS: Partial<Record<Outcome, string>> = {
  nothing: 'complies',
  undetermined: 'undetermined',
};

/** A moment of 2026 by day and time, epoch milliseconds. */
export const moment = (text: string): number => Date.parse(`2026-${text}Z`);

/** A decision's row of the lake, as the lake's own code would make it. */
export function decisionRow(said: Said): DecisionRow {
  const {
    guardrail = 's3.bucket-public',
    account = '444444444444',
    resource = 'arn:aws:s3:::orders',
    outcome = 'nothing',
    called = moment('03-10T12:00:00'),
    detectMs = 4000,
    region = 'eu-west-1',
  } = said;
  const looked = called + detectMs;
  const acted = said.repairMs === undefined ? {} : { acted: called + said.repairMs };
  const time = Math.max(looked, called + (said.repairMs ?? 0)) + 200;
  const hash = createHash('sha256')
    .update(JSON.stringify([guardrail, account, resource, called]))
    .digest('hex');
  const id = said.id ?? `d-${hash.slice(0, 40)}`;
  const verdict = VERDICTS[outcome] ?? 'violates';
  const made = said.made ?? [];
  const status = verdict === 'complies' || outcome === 'repaired' ? 1 : 3;
  return {
    ...{ activity_id: 1, activity_name: 'Create', category_uid: 2, category_name: 'Findings' },
    ...{ class_uid: 2003, class_name: 'Compliance Finding', type_uid: 200301 },
    type_name: 'Compliance Finding: Create',
    ...{ severity_id: said.severity ?? 5, severity: 'Critical' },
    ...{ time, time_dt: new Date(time).toISOString(), status_id: 1, status: 'New' },
    ...{ status_code: outcome, action_id: 3, action: 'Observed' },
    ...{ disposition_id: 15, disposition: 'Detected', is_alert: status === 3 },
    message: `${guardrail}: ${said.reason ?? 'as it should be'}`,
    metadata: {
      ...{ uid: id, version: '1.8.0', product: { name: 'Parapet', vendor_name: 'Parapet' } },
      ...{ profiles: ['cloud', 'datetime', 'security_control'], original_event_uid: id },
      tenant_uid: 'o-exampleorg1',
    },
    cloud: {
      provider: 'AWS',
      region,
      account: { uid: account, name: said.accountName ?? 'shop-prod' },
      org: { uid: 'o-exampleorg1', ou_name: said.unit ?? '/Workloads/Prod' },
    },
    finding_info: {
      ...{ uid: id, uid_alt: `${guardrail} ${resource}`, title: guardrail },
      product: { name: 'Parapet', vendor_name: 'Parapet' },
      analytic: { uid: guardrail, name: guardrail, type_id: 1, version: '1' },
    },
    compliance: {
      ...{ control: guardrail, standards: [], requirements: [], status_id: status, checks: [] },
      ...{ status: status === 1 ? 'Pass' : 'Fail' },
      status_details: [said.reason ?? 'as it should be'],
    },
    resources: [
      { uid: resource, type: 'AWS::S3::Bucket', region, owner: { account: { uid: account } } },
    ],
    evidences: [
      {
        name: 'cause',
        uid: `e-${hash.slice(0, 8)}`,
        actor: { user: { uid: said.caller ?? `arn:aws:iam::${account}:role/Deployer` } },
        api: {
          operation: said.call?.[0] ?? 'PutBucketAcl',
          service: { name: said.call?.[1] ?? 's3.amazonaws.com' },
        },
      },
      ...(said.before === undefined ? [] : [{ name: 'before' as const, data: said.before }]),
      ...made.map(({ operation, error }, index) => ({
        name: 'call' as const,
        uid: `r-${hash.slice(8, 16)}-${index}`,
        api: { operation, ...(error === undefined ? {} : { response: { error } }) },
        data: JSON.stringify({ at: new Date(looked + 100 * (index + 1)).toISOString() }),
      })),
      ...(said.after === undefined ? [] : [{ name: 'after' as const, data: said.after }]),
    ],
    unmapped: {
      ...{ verdict, outcome, mode: said.mode ?? 'enforce', mode_from: '* on /' },
      ...(said.because === undefined ? {} : { because: said.because }),
      ...{
        guardrail_version: said.version ?? 1,
        cause: 'event',
        cause_uid: `e-${hash.slice(0, 8)}`,
      },
      ...{ planned: said.planned ?? made.map(({ operation }) => operation) },
      made: made.map(({ operation }) => operation),
      at: { called, received: called + Math.floor(detectMs / 2), looked, ...acted, recorded: time },
      body: { sha256: hash, bytes: 2048 },
      event: { sha256: hash.split('').reverse().join(''), bytes: 1024 },
    },
  };
}

/** An API call's row of the lake. */
export const eventRow = (said: {
  readonly id: string;
  readonly account?: string;
  readonly at: number;
  readonly call?: readonly [name: string, source: string];
  readonly isFailed?: true;
}): EventRow => ({
  ...{ activity_id: 3, activity_name: 'Update', category_uid: 6 },
  ...{ category_name: 'Application Activity', class_uid: 6003, class_name: 'API Activity' },
  ...{ type_uid: 600303, type_name: 'API Activity: Update', severity_id: 1 },
  ...{ severity: 'Informational', time: said.at, time_dt: new Date(said.at).toISOString() },
  ...(said.isFailed ? { status_id: 2, status: 'Failure' } : { status_id: 1, status: 'Success' }),
  message: said.call?.[0] ?? 'PutBucketAcl',
  metadata: {
    ...{ uid: said.id, version: '1.8.0', product: { name: 'CloudTrail', vendor_name: 'AWS' } },
    ...{
      profiles: ['cloud', 'datetime'],
      original_event_uid: said.id,
      tenant_uid: 'o-exampleorg1',
    },
  },
  cloud: {
    provider: 'AWS',
    region: 'eu-west-1',
    account: { uid: said.account ?? '444444444444' },
    org: { uid: 'o-exampleorg1' },
  },
  actor: {},
  api: {
    operation: said.call?.[0] ?? 'PutBucketAcl',
    service: { name: said.call?.[1] ?? 's3.amazonaws.com' },
  },
  src_endpoint: {},
  raw_data: '{}',
  unmapped: { detail_type: 'AWS API Call via CloudTrail' },
});

/** Writes an object of the lake: text or bytes as they stand, rows as NDJSON. */
export function put(
  folder: string,
  name: string,
  content: string | Buffer | readonly object[],
): void {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  const isRaw = typeof content === 'string' || Buffer.isBuffer(content);
  writeFileSync(file, isRaw ? content : content.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

/** The folder of decisions of a day of 2026, `03-10`. */
export const decisionsOn = (day: string): string =>
  `class=2003/event_day=2026${day.replace('-', '')}`;

/** The folder of API calls of a day of 2026. */
export const eventsOn = (day: string): string => `class=6003/event_day=2026${day.replace('-', '')}`;
