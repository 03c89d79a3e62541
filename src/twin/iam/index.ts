export type { Decision, PolicyKind } from './decision';
export { MalformedPolicy } from './errors';
export { evaluate, type Policies } from './evaluate';
export { parsePolicy, parseResourcePolicy } from './parse';
export type { Policy, ResourcePolicy } from './policy';
export type { Principal, Request, RoleSession } from './request';
