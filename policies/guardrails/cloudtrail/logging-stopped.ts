import { z } from 'zod';
import { complies, defineGuardrail, look, settings, violates, whenSucceeded } from '#core';
import { cloudtrail, type Trail, trailOwner, trailsOf } from '#core/operations/cloudtrail';

export default defineGuardrail({
  id: 'cloudtrail.logging-stopped',
  version: 1,
  title: 'Trail stopped or deleted',
  severity: 'critical',
  why: 'What is done from then on leaves no log, and may not be seen here either.',
  limits: [
    'A deleted trail is only reported: what it logged, and where to, is gone with it.',
    'A trail that goes on logging, but less (UpdateTrail, PutEventSelectors), is not caught: what it ought to log is not known.',
    'The trail of the organization is judged in the account that owns it, and only reported there.',
    'Where the last trail of a Region stops, the event itself may not arrive.',
  ],
  frameworks: {
    'cis-5.0': ['3.1', '4.5'],
    fsbp: ['CloudTrail.1'],
    'nist-800-53-r5': ['AU-2', 'AU-10', 'AU-12'],
    attack: ['T1562.008'],
  },
  disrupts: 'Nothing: the trail logs again, and what it logs is paid for again.',
  settings: settings({
    mayStop: z
      .array(z.string().min(3).max(128))
      .default([])
      .describe('Names of trails that their owners may stop and delete'),
  }),

  triggers: whenSucceeded(cloudtrail.stopLogging, cloudtrail.deleteTrail),
  reads: [cloudtrail.getTrail, cloudtrail.getTrailStatus],
  writes: [cloudtrail.startLogging],

  resources: trailsOf,

  *observe(trail: Trail) {
    const found = yield* look(cloudtrail.getTrail(trail, { Name: trail.arn }));
    const status = yield* look(cloudtrail.getTrailStatus(trail, { Name: trail.arn }));
    return found?.Trail && status && { trail: found.Trail, logs: status.IsLogging === true };
  },

  judge({ resource, state, settings: { mayStop } }) {
    if (mayStop.includes(resource.name)) return complies('its owners may stop this trail');
    if (state === undefined) return violates('the trail was deleted');
    const owner = trailOwner(state.trail.TrailARN ?? resource.arn);
    if (owner !== resource.account)
      return complies(`the trail belongs to account ${owner}, and is judged there`);
    return state.logs ? complies('the trail is logging') : violates('the trail was stopped');
  },

  plan({ resource: trail, state }) {
    if (state === undefined) return [];
    // A trail is started only from the Region in which it was made.
    const home = { ...trail, region: state.trail.HomeRegion ?? trail.region };
    return [cloudtrail.startLogging(home, { Name: trail.name })];
  },
});
