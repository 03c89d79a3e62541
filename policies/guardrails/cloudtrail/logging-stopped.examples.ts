import { defineExamples, type Json } from '#core';

const arn = 'arn:aws:cloudtrail:eu-west-1:444444444444:trail/audit';
const stop = {
  eventName: 'StopLogging',
  eventSource: 'cloudtrail.amazonaws.com',
  requestParameters: { name: 'audit' },
  responseElements: null,
};
const trail = (IsLogging: boolean, more: { readonly [key: string]: Json } = {}) => ({
  'cloudtrail:GetTrail': {
    Trail: {
      Name: 'audit',
      TrailARN: arn,
      HomeRegion: 'eu-west-1',
      IsMultiRegionTrail: true,
      ...more,
    },
  },
  'cloudtrail:GetTrailStatus': { IsLogging },
});
const start = [{ operation: 'cloudtrail:StartLogging', input: { Name: 'audit' } }];

export default defineExamples([
  {
    name: 'a trail that was stopped violates, and is started',
    event: stop,
    state: trail(false),
    expect: { verdict: 'violates', reason: 'the trail was stopped', plan: start },
  },
  {
    name: 'a trail may be named by its ARN',
    event: { ...stop, requestParameters: { name: arn } },
    state: trail(false),
    expect: { verdict: 'violates', plan: start },
  },
  {
    name: 'a trail that was deleted violates; it can only be reported',
    event: { ...stop, eventName: 'DeleteTrail' },
    expect: { verdict: 'violates', reason: 'the trail was deleted', plan: [] },
  },
  {
    name: 'a trail that logs again complies',
    event: stop,
    state: trail(true),
    expect: { verdict: 'complies', reason: 'the trail is logging' },
  },
  {
    name: 'a trail made anew after it was deleted complies',
    event: { ...stop, eventName: 'DeleteTrail' },
    state: trail(true),
    expect: { verdict: 'complies', reason: 'the trail is logging' },
  },
  {
    name: "the shadow of the organization's trail cannot be started here",
    event: stop,
    state: trail(false, {
      TrailARN: 'arn:aws:cloudtrail:eu-west-1:111111111111:trail/audit',
      IsOrganizationTrail: true,
    }),
    expect: {
      verdict: 'complies',
      reason: 'the trail belongs to account 111111111111, and is judged there',
    },
  },
  {
    name: 'a trail that its owners may stop complies',
    event: stop,
    state: trail(false),
    settings: { mayStop: ['audit'] },
    expect: { verdict: 'complies', reason: 'its owners may stop this trail' },
  },
  {
    name: 'a status that may not be read is undetermined',
    event: stop,
    state: { ...trail(true), 'cloudtrail:GetTrailStatus': { $refused: 'AccessDenied' } },
    expect: {
      verdict: 'undetermined',
      reason: 'cloudtrail:GetTrailStatus was refused: denied (AccessDenied)',
    },
  },
  {
    name: "a delegated administrator's copy of a call on the organization's trail is ignored",
    event: {
      ...stop,
      requestParameters: { name: 'arn:aws:cloudtrail:eu-west-1:111111111111:trail/audit' },
    },
    expect: { verdict: 'ignored' },
  },
  {
    name: 'a call that failed is ignored',
    event: { ...stop, errorCode: 'AccessDenied' },
    expect: { verdict: 'ignored' },
  },
]);
