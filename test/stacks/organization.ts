import { join } from 'node:path';
import type { Account, Configuration } from '#config';
import type { AnyGuardrail } from '#core';
import { guardrails } from '#policies/guardrails/index';

export const MANAGEMENT = '111111111111';
export const SECURITY = '222222222222';
export const LOG_ARCHIVE = '333333333333';
export const SHOP = '444444444444';

const account = (
  id: string,
  kind: Account['kind'],
  regions: readonly string[] = ['us-east-1', 'eu-central-1'],
): Account => ({ id, name: kind, kind, ouPath: kind === 'member' ? '/Workloads' : '/', regions });

/** Four accounts, of which the shop has no European Region; its home is eu-central-1. */
export const configuration: Configuration = {
  file: join('/organization', 'parapet.yaml'),
  partition: 'aws',
  organization: { id: 'o-exampleorgid', rootId: 'r-exam' },
  accounts: [
    account(MANAGEMENT, 'management'),
    account(SECURITY, 'security'),
    account(LOG_ARCHIVE, 'log-archive'),
    account(SHOP, 'member', ['us-east-1']),
  ],
  parts: { management: MANAGEMENT, security: SECURITY, logArchive: LOG_ARCHIVE },
  regions: { home: 'eu-central-1', governed: ['us-east-1', 'eu-central-1'] },
  roles: {
    management: null,
    security: 'Deployment',
    'log-archive': 'Deployment',
    member: 'Deployment',
  },
  state: { backend: 'local', folder: 'state' },
  trail: { create: true, dataEvents: { buckets: ['shop-payments'] } },
  retention: { trailDays: 400, lakeDays: 500, evidence: { days: 600, mode: 'governance' } },
  organizationPolicies: {
    protect: [{ id: 'ou-exam-workloads', path: '/Workloads' }],
    quarantine: [{ id: 'ou-exam-newcomers', path: '/Newcomers' }],
  },
  controlTower: { homeRegion: 'eu-central-1' },
  forward: 'all',
  modes: [],
  siem: {
    protocol: 'splunk-hec',
    url: 'https://siem.example.com',
    gzip: true,
    secret: `arn:aws:secretsmanager:eu-central-1:${SECURITY}:secret:parapet/siem-abcdef`,
  },
  outputs: {
    discoverer: true,
    lake: true,
    alerts: { email: ['oncall@example.com'], escalateAfterMinutes: 30 },
    securityHub: true,
    owners: { ous: { '/Workloads': 'team-shop' }, accounts: {} },
  },
  settings: {},
  warnings: [],
};

const SAMPLE = ['s3.bucket-public', 'signin.root-login', 'sqs.queue-untagged'];

/** One that repairs much, one that repairs little, one that only reports. */
export const sample: readonly AnyGuardrail[] = guardrails.filter(({ id }) => SAMPLE.includes(id));
