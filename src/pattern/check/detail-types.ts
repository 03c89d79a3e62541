import { nearest } from '#core/nearest';
import { isAboutTrail, TRAIL_TYPES } from './cloudtrail-only';
import { conditionAt } from './condition';
import { type Check, either } from './fault';
import { servicesOf } from './services';

/** The `detail-type` is spelled as no event of CloudTrail's is. */
export const detailType: Check = (alternative) => {
  const { values, strings = [] } = conditionAt(alternative, 'detail-type') ?? {};
  if (values === undefined || strings.length === 0) return undefined;
  if (!isAboutTrail(alternative)) return undefined;
  if (strings.some((one) => TRAIL_TYPES.includes(one))) return undefined;
  const right = strings.map((one) => nearest(one, TRAIL_TYPES) ?? 'AWS API Call via CloudTrail');
  return {
    at: 'detail-type',
    reason: `no event from CloudTrail has the detail-type ${either(strings)}`,
    mend: `write ${either(right)}`,
  };
};

const SIGN_IN = ['AWS Console Sign In via CloudTrail', 'AWS Console Signin via CloudTrail'];

/** Who signs people in; of other services no sign-in is told. */
const SIGNS_IN = ['signin', 'sso', 'sso-directory'];

/** Sign-ins are events of one service. */
export const signIns: Check = (alternative) => {
  const { values, strings = [] } = conditionAt(alternative, 'detail-type') ?? {};
  const services = servicesOf(alternative);
  if (values === undefined || strings.length === 0 || services.length === 0) return undefined;
  if (strings.some((one) => TRAIL_TYPES.includes(one) && !SIGN_IN.includes(one))) return undefined;
  if (services.some((service) => SIGNS_IN.includes(service))) return undefined;
  if (!strings.some((one) => SIGN_IN.includes(one))) return undefined;
  const right = ['AWS API Call via CloudTrail', 'AWS Service Event via CloudTrail'];
  return {
    at: 'detail-type',
    reason: `the events of ${services.map((one) => `${one}.amazonaws.com`).join(', ')} have the detail-type ${either(right)}`,
    mend: `write "detail-type": ${JSON.stringify(right.slice(0, 1))}`,
  };
};
