import { decisionRow } from '#lake/decision-row';
import { CONTEXT, REPAIRED } from './context';
import { CHECKED_VERSION, faultsOf } from './ocsf';

const ROW = decisionRow(REPAIRED, CONTEXT);

test('rows are checked against the release that they name', () => {
  expect(ROW.metadata.version).toBe(CHECKED_VERSION);
});

describe('the check against the OCSF schema', () => {
  test.each([
    [
      'an attribute OCSF does not have',
      { guardrail: 'x' },
      'guardrail: OCSF has no such attribute',
    ],
    ['a required attribute that is missing', { finding_info: undefined }, 'finding_info: required'],
    ['a number out of its set', { action_id: 7 }, 'action_id: 7 is none of'],
    ['time in seconds', { time: 1795255203 }, 'time: 1795255203 is no timestamp_t'],
    ['text for a number', { severity_id: '5' }, 'severity_id: "5" is no integer_t'],
    ['a type that is not class and activity', { type_uid: 200301 }, 'type_uid: 200301 is not'],
    ['a value for a list', { resources: {} }, 'resources: not an array'],
    [
      'evidence of nothing',
      { evidences: [{ name: 'x' }] },
      'evidences[0].: has none of actor, api,',
    ],
    [
      'a fault deep down',
      { cloud: { ...ROW.cloud, account: { id: 'x' } } },
      'cloud.account.id: OCSF has no such attribute',
    ],
  ])('tells of %s', (_what, changes, fault) => {
    const faults = faultsOf({ ...ROW, ...changes });

    expect(faults).toHaveLength(1);
    expect(faults[0]?.startsWith(fault)).toBe(true);
  });
});
