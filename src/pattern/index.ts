export { EventError, PatternError } from './errors';
export { matches, matchesValue, type Pattern, parsePattern } from './match';
export { rulesPerBus } from './quotas';
export {
  type CompiledRule,
  compileTriggers,
  LONGEST_PATTERN,
  type RuleOptions,
  type RuleState,
  regionTriggers,
  ruleState,
} from './rules/compile';
export { type EventPattern, patternText } from './rules/pattern-of';
