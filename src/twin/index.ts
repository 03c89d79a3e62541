export { type Answers, filledIn } from './answers';
export type { Journey } from './journey';
export { organizationOf, type TwinOrganization } from './organization';
export { runScenario, type StepResult } from './run';
export { type Cast, readScenario, type Scenario, type Step } from './scenario';
export { type Twin, twinOf } from './twin';
