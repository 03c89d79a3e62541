import {
  complies,
  defineGuardrail,
  noSettings,
  textAt,
  undetermined,
  violates,
  whenSucceeded,
} from '#core';
import { type RootUser, rootUsersOf, signin } from '#core/operations/signin';

export default defineGuardrail({
  id: 'signin.root-login',
  version: 1,
  title: 'Root user signed in to the console',
  severity: 'high',
  why: 'The root user can do everything and no policy of the account binds it.',
  limits: ['A sign-in cannot be undone: it is only reported, in every mode.'],
  frameworks: { 'cis-5.0': ['1.6', '4.3'], attack: ['T1078.004'] },
  settings: noSettings,

  // Root sign-ins are recorded in us-east-1 only, whatever endpoint was used.
  regions: ['us-east-1'],
  triggers: whenSucceeded(signin.consoleLogin),
  reads: [],
  writes: [],

  resources: rootUsersOf,

  // biome-ignore lint/correctness/useYield: a sign-in leaves no state behind that could be read
  *observe(_root: RootUser) {
    return null;
  },

  judge({ cause }) {
    if (cause.kind !== 'event') return undetermined('a sign-in is judged from its event only');
    const { response, raw } = cause.event;
    // A failed sign-in carries no errorCode: only the response tells.
    if (textAt(response, 'ConsoleLogin') !== 'Success') return complies('the sign-in failed');
    const mfa = textAt(raw, 'detail', 'additionalEventData', 'MFAUsed') === 'Yes';
    const from = textAt(raw, 'detail', 'sourceIPAddress') ?? 'an unknown address';
    return violates(`the root user signed in from ${from} ${mfa ? 'with' : 'without'} MFA`);
  },
});
