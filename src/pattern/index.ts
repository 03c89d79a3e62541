export { validateEvent } from './envelope';
export { EventError, PatternError } from './errors';
export { compile, type Matcher, type PatternRule } from './match/matcher';
export { type Pattern, parsePattern } from './parse';
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
