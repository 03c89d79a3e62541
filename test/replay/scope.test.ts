import { mayHold, type Scope } from '../../src/replay/scope';

const TRAIL = '/logs/AWSLogs/o-example1234/444444444444/CloudTrail/eu-west-1';
const NOVEMBER_20 = Date.UTC(2026, 10, 20);

const only = (accounts: string[], regions: string[]): Scope => ({
  accounts: new Set(accounts),
  regions: new Set(regions),
});

test.each<[string, Scope, string, boolean]>([
  ['another account', only(['555555555555'], ['eu-west-1']), TRAIL, false],
  ['another Region', only(['444444444444'], ['us-east-1']), TRAIL, false],
  ['account and Region', only(['444444444444'], ['eu-west-1']), TRAIL, true],
  ['what is above the accounts', only(['555555555555'], []), '/logs/AWSLogs/o-example1234', true],
  ['an earlier year', { since: NOVEMBER_20 }, `${TRAIL}/2025`, false],
  ['the same year', { since: NOVEMBER_20 }, `${TRAIL}/2026`, true],
  ['an earlier month', { since: NOVEMBER_20 }, `${TRAIL}/2026/10`, false],
  ['the day before', { since: NOVEMBER_20 }, `${TRAIL}/2026/11/19`, false],
  ['the day itself', { since: NOVEMBER_20 }, `${TRAIL}/2026/11/20/x.json.gz`, true],
  // A call of the last minute is delivered on the next day.
  ['the day after the end', { until: NOVEMBER_20 }, `${TRAIL}/2026/11/20`, true],
  ['the second day after it', { until: NOVEMBER_20 }, `${TRAIL}/2026/11/21`, false],
  ['the next month', { until: NOVEMBER_20 }, `${TRAIL}/2026/12`, false],
  ['a folder of no trail', { ...only(['1'], ['x']), until: 0 }, '/home/me/2026/11/20', true],
])('a path tells of %s whether it can hold what is asked for', (_name, scope, path, may) => {
  expect(mayHold(path, scope)).toBe(may);
});
