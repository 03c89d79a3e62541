import { isAboutTrail, ofTrail } from './cloudtrail-only';
import { conditionAt } from './condition';
import type { Check } from './fault';

const BOOLEANS = ['detail.readOnly', 'detail.managementEvent'];

const STRINGS = [
  ...['version', 'id', 'source', 'account', 'time', 'region', 'detail-type'],
  ...['detail.apiVersion', 'detail.awsRegion', 'detail.errorCode', 'detail.errorMessage'],
  ...['detail.eventCategory', 'detail.eventID', 'detail.eventName', 'detail.eventSource'],
  ...['detail.eventTime', 'detail.eventType', 'detail.eventVersion', 'detail.recipientAccountId'],
  ...['detail.requestID', 'detail.sourceIPAddress', 'detail.userAgent'],
  ...['detail.userIdentity.accountId', 'detail.userIdentity.arn', 'detail.userIdentity.type'],
  'detail.userIdentity.sessionContext.attributes.mfaAuthenticated',
];

/** A string never equals a number or a truth value, however alike they are written. */
export const types: Check = ofTrail((alternative) => {
  for (const at of BOOLEANS) {
    const { values, strings } = conditionAt(alternative, at) ?? {};
    if (values?.length && strings?.length === values.length)
      return {
        at,
        reason: `"${at}" is a truth value, never ${values.join(' or ')}`,
        mend: 'write true or false without quotes',
      };
  }
  for (const at of STRINGS) {
    const { values, strings, isNumeric } = conditionAt(alternative, at) ?? {};
    if (isNumeric)
      return {
        at,
        reason: `"${at}" is a string, and "numeric" compares numbers only`,
        mend: 'compare strings: with literals, "prefix" or "wildcard"',
      };
    if (values?.length && strings?.length === 0)
      return {
        at,
        reason: `"${at}" is a string, never ${values.join(' or ')}`,
        mend: `write ${values.map((value) => `"${value}"`).join(' or ')}`,
      };
  }
  return undefined;
});

/** An account is a string of twelve digits on every event. */
export const accounts: Check = (alternative) => {
  const recorded = isAboutTrail(alternative) ? ['detail.recipientAccountId'] : [];
  for (const at of ['account', ...recorded]) {
    const { values } = conditionAt(alternative, at) ?? {};
    if (values?.length && values.every((value) => !/^"[0-9]{12}"$/.test(value)))
      return {
        at,
        reason: `"${at}" is a string of twelve digits, never ${values.join(' or ')}`,
        mend: 'write the account id with its leading zeros, in quotes',
      };
  }
  return undefined;
};
