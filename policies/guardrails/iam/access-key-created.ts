import {
  complies,
  defineGuardrail,
  look,
  settings,
  undetermined,
  violates,
  whenSucceeded,
} from '#core';
import { type AccessKey, accessKeysOf, iam } from '#core/operations/iam';
import type { RootUser } from '#core/operations/signin';
import { allowedUsers, whyAllowed } from './allowed-users';

export default defineGuardrail({
  id: 'iam.access-key-created',
  version: 1,
  title: 'Access key created for a user, or for root',
  severity: 'high',
  why: 'Whoever gets hold of the key is that user from anywhere, until somebody notices.',
  limits: [
    'A key of the root user is only reported: no role of the account can disable it.',
    'Of a user only the key that was created is judged; older ones are left to sweeps.',
    'A key switched on again (UpdateAccessKey) is not seen: only the creation wakes it.',
    'Who may give a user a path or a tag that is let be can get round it; guard those by an SCP.',
  ],
  frameworks: {
    'cis-5.0': ['1.3'],
    fsbp: ['IAM.4'],
    'nist-800-53-r5': ['AC-2', 'AC-3', 'AC-6'],
    attack: ['T1098.001'],
  },
  disrupts: 'Programs that use the key are refused until it is switched on again; use a role.',
  settings: settings(allowedUsers),

  regions: ['us-east-1'],
  triggers: whenSucceeded(iam.createAccessKey),
  reads: [iam.getAccountSummary, iam.getUser, iam.listAccessKeys],
  writes: [iam.updateAccessKey],

  resources: accessKeysOf,

  *observe(resource: AccessKey | RootUser) {
    if (resource.type === 'AWS::IAM::RootUser') {
      const summary = yield* look(iam.getAccountSummary(resource, {}));
      return { kind: 'root' as const, keys: summary?.SummaryMap?.AccountAccessKeysPresent };
    }
    const of = { UserName: resource.user };
    const found = yield* look(iam.getUser(resource, of));
    const listed = yield* look(iam.listAccessKeys(resource, of));
    const key = listed?.AccessKeyMetadata?.find(({ AccessKeyId }) => AccessKeyId === resource.id);
    return { kind: 'user' as const, user: found?.User, status: key?.Status };
  },

  judge({ state, settings }) {
    if (state.kind === 'root') {
      if (state.keys === undefined) return undetermined('the account does not tell of root keys');
      if (state.keys === 0) return complies('the root user has no access key');
      return violates('the root user has an access key');
    }
    const { user, status } = state;
    if (user === undefined || status === undefined)
      return complies('the access key no longer exists');
    if (status !== 'Active') return complies('the access key is switched off');
    const allowed = whyAllowed(user, settings);
    if (allowed !== undefined) return complies(allowed);
    return violates(`the user ${user.UserName} has a new access key and may have none`);
  },

  plan({ resource, state }) {
    if (resource.type === 'AWS::IAM::RootUser' || state.kind === 'root') return [];
    const { user, id } = resource;
    // The session policy must name the user as it is, with the path that the event did not tell.
    const key = { ...resource, arn: state.user?.Arn ?? resource.arn };
    return [iam.updateAccessKey(key, { UserName: user, AccessKeyId: id, Status: 'Inactive' })];
  },
});
