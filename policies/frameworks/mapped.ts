import { type AnyGuardrail, servedBy } from '#core';
import { frameworks } from './index';

/**
 * A guardrail with every control it serves: what the shipped frameworks map to it, and the controls
 * of other frameworks that it names itself.
 */
export const mapped = <G extends Pick<AnyGuardrail, 'id' | 'frameworks'>>(guardrail: G): G => ({
  ...guardrail,
  frameworks: { ...guardrail.frameworks, ...servedBy(guardrail.id, frameworks) },
});
