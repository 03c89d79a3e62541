export { anywhere, enveloped } from './envelope';
export { type Read, type Replayed, replay } from './replay';
export type { Scope } from './scope';
export type { Counts, Row, Total } from './tally';
