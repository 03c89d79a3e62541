export { validateEvent } from './envelope';
export { EventError, PatternError } from './errors';
export { compile, type Matcher, type PatternRule } from './match/matcher';
export { neverMatches } from './never-matches';
export { type Pattern, parsePattern } from './parse';
export { rulesPerBus } from './quotas';
export {
  compileTriggers,
  type EventPattern,
  LONGEST_PATTERN,
  patternText,
  type RuleOptions,
  regionTriggers,
  ruleState,
} from './rules';
