/** What verbs that ask AWS use of it; loaded only by them, since the SDK takes its time. */
export { accountAccess } from '#aws/accounts';
export { organizationClients } from '#aws/organization';
export { type AccountNow, readAccount } from '#aws/organization/one-account';
export { preflight } from '#aws/preflight/index';
export { prove } from '#aws/prove/index';
