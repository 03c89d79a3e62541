/** What verbs that ask AWS use of it; loaded only by them, since the SDK takes its time. */
export { accountAccess } from '#aws/accounts';
export { listDeadLetters, moveAll, sendOn } from '#aws/dead-letters';
export { requestEnrolment } from '#aws/enrolment-request';
export { organizationClients } from '#aws/organization';
export { eachAtMost } from '#aws/organization/each';
export { type AccountNow, readAccount } from '#aws/organization/one-account';
export { preflight } from '#aws/preflight/index';
export { prove } from '#aws/prove/index';
