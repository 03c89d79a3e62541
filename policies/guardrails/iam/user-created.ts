import { complies, defineGuardrail, look, settings, violates, whenSucceeded } from '#core';
import { DENY_ALL, iam, type User, usersOf } from '#core/operations/iam';
import { allowedUsers, whyAllowed } from './allowed-users';

export default defineGuardrail({
  id: 'iam.user-created',
  version: 1,
  title: 'IAM user created',
  severity: 'high',
  why: 'A user has a password or keys that do not expire, and stays when its person leaves.',
  limits: [
    'Who may give a user a path or a tag that is let be can get round it; guard those by an SCP.',
    'The denial taken away later (DetachUserPolicy) is not seen: only the creation wakes it.',
    'A user that has ten managed policies at once cannot be given one more; the repair then fails.',
  ],
  frameworks: { 'cis-5.0': ['1.20'], 'nist-800-53-r5': ['AC-2'], attack: ['T1136.003'] },
  disrupts:
    'The user can do nothing until its policy AWSDenyAll is detached; it is not deleted, and keeps all else.',
  settings: settings(allowedUsers),

  regions: ['us-east-1'],
  triggers: whenSucceeded(iam.createUser),
  reads: [iam.getUser, iam.listAttachedUserPolicies],
  writes: [iam.attachUserPolicy],

  resources: usersOf,

  *observe(user: User) {
    const of = { UserName: user.name };
    const found = yield* look(iam.getUser(user, of));
    const attached = yield* look(iam.listAttachedUserPolicies(user, of));
    const policies = (attached?.AttachedPolicies ?? []).map(({ PolicyArn }) => PolicyArn ?? '');
    return found?.User && { user: found.User, policies };
  },

  judge({ resource, state, settings }) {
    if (state === undefined) return complies('the user no longer exists');
    const allowed = whyAllowed(state.user, settings);
    if (allowed !== undefined) return complies(allowed);
    if (state.policies.includes(DENY_ALL)) return complies('the user is denied everything');
    return violates(
      `the user ${resource.name} was created outside the allowed names, paths and tags`,
    );
  },

  plan({ resource, state }) {
    if (state === undefined) return [];
    // The session policy must name the user as it is, with the path that the event did not tell.
    const user = { ...resource, arn: state.user.Arn ?? resource.arn };
    return [iam.attachUserPolicy(user, { UserName: resource.name, PolicyArn: DENY_ALL })];
  },
});
