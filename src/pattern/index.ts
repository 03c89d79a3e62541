export { EventError, PatternError } from './errors';
export { matches, matchesValue, type Pattern, parsePattern } from './match';
export { neverMatches } from './never-matches';
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
