export { type Change, type Changes, changesBetween } from './changes';
export * from './configuration';
export * from './errors';
export { textOf } from './file-text';
export { jsonSchema } from './json-schema';
export { loadConfiguration, snapshotPath } from './load';
export { isOffEverywhere } from './modes';
export { withAccount, withoutAccount } from './one-account';
export { type Outputs, ownerOf } from './outputs';
export { parseSnapshot, readSnapshot, type SnapshotRead } from './read-snapshot';
export {
  formatSnapshot,
  ordered,
  type Snapshot,
  type SnapshotAccount,
  snapshotSchema,
} from './snapshot';
