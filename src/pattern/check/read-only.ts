import { isAboutTrail, ofTrail } from './cloudtrail-only';
import { type Alternative, conditionAt } from './condition';
import type { Check, Fault, RuleFacts } from './fault';
import { readsOf } from './names';
import { servicesOf } from './services';

const WIDE = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

const MEND = `give the rule the state ${WIDE}`;

/** These are delivered to every rule, AWS says, though they read. */
const DELIVERED: ReadonlySet<string> = new Set(['GetFederationToken', 'GetSessionToken']);

/** Services with data events: what these read may be one, and data events reach every rule. */
const WITH_DATA: Readonly<Record<string, RegExp>> = {
  'cognito-identity': /^Describe/,
  dynamodb: /^(Describe|List)/,
  ec2: /^Describe/,
  kinesis: /^(Describe|List)/,
  lambda: /^(Get|List)/,
  s3: /^(GetAccount|GetBucket|ListBuckets)/,
  sagemaker: /^(Describe|List)/,
  sns: /^(Get|List)/,
  sqs: /^(Get|List)/,
  ssm: /^(Describe|List)/,
};

/**
 * Why a read-only call does not reach a rule with this state. Only what reads by its name as well
 * as by IAM, and is surely a management event.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function unseenRead(
  alternative: Alternative,
  name: string,
  { state = 'ENABLED' }: RuleFacts,
): Fault | undefined {
  const services = servicesOf(alternative);
  if (state !== 'ENABLED' || !isAboutTrail(alternative) || services.length === 0) return undefined;
  if (!services.every((service) => isManagementRead(service, name))) return undefined;
  return {
    at: 'detail.eventName',
    reason: `${name} only reads, and a rule that is only ENABLED never gets read-only management events`,
    mend: MEND,
  };
}

const isManagementRead = (service: string, name: string): boolean =>
  /^(Get|List|Describe)/.test(name) &&
  !DELIVERED.has(name) &&
  (readsOf(service)?.has(name) ?? false) &&
  (WITH_DATA[service]?.test(name) ?? true);

/** Asks for what only reads, of a rule that leaves it out. */
export const readOnlyAsked: Check = ofTrail((alternative, { state = 'ENABLED' }) => {
  if (state !== 'ENABLED') return undefined;
  const isOnly = (path: string, value: string) => {
    const { values } = conditionAt(alternative, path) ?? {};
    return values?.length === 1 && values[0] === value;
  };
  const isManagement =
    isOnly('detail.managementEvent', 'true') || isOnly('detail.eventCategory', '"Management"');
  if (!isOnly('detail.readOnly', 'true') || !isManagement) return undefined;
  return {
    at: 'detail.readOnly',
    reason: 'a rule that is only ENABLED never gets read-only management events',
    mend: MEND,
  };
});
