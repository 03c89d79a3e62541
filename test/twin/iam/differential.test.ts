import type { Json } from '#core';
import {
  type Decision,
  evaluate,
  type Policies,
  type Principal,
  parsePolicy,
  parseResourcePolicy,
} from '#twin/iam/index';
import answersByCase from './fixtures/iam-simulate-answers.json';

interface MadeUp {
  readonly who: keyof typeof PRINCIPALS;
  readonly action: string;
  readonly resource: string;
  readonly account: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly identity: readonly Json[];
  readonly resourcePolicy?: Json;
  readonly session?: Json;
  readonly boundary?: Json;
  readonly scps: readonly Json[];
  readonly rcps: readonly Json[];
}

const PRINCIPALS = {
  session: {
    kind: 'role-session',
    roleArn: 'arn:aws:iam::111111111111:role/worker',
    sessionName: 'monday',
  },
  user: { kind: 'user', arn: 'arn:aws:iam::111111111111:user/ada' },
  service: { kind: 'service', service: 'events.amazonaws.com' },
  anonymous: { kind: 'anonymous' },
} as const satisfies Readonly<Record<string, Principal>>;

const madeUp: { madeUpCases(): readonly MadeUp[] } = require('./fixtures/made-up-cases.cjs');
const cases = madeUp.madeUpCases();
const answers = answersByCase.join('');

const policiesOf = (found: MadeUp): Policies => ({
  identity: found.identity.map((document) => parsePolicy(document)),
  ...(found.resourcePolicy && { resource: parseResourcePolicy(found.resourcePolicy) }),
  ...(found.session && { session: parsePolicy(found.session) }),
  ...(found.boundary && { boundary: parsePolicy(found.boundary) }),
  scps: found.scps.map((document) => [parsePolicy(document)]),
  rcps: found.rcps.map((document) => [parseResourcePolicy(document)]),
});

/**
 * The one place where the documentation is against the simulator, which lets a session policy limit
 * what a resource policy of the same account gives to the session itself or to everyone.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
const isSettled = (found: MadeUp, decision: Decision): boolean =>
  found.session !== undefined && decision.allowed && decision.decidedBy === 'resource';

/** What @cloud-copilot/iam-simulate answers, as fixtures/record-answers.cjs recorded it. */
describe('an independent simulator', () => {
  test('agrees on every made-up case but those that the documentation settles', () => {
    const differing = cases.flatMap((found, i) => {
      const decision = evaluate(
        {
          principal: PRINCIPALS[found.who],
          action: found.action,
          resource: found.resource,
          resourceAccount: found.account,
          context: found.context,
        },
        policiesOf(found),
      );
      const answer = decision.allowed ? 'A' : decision.explicit ? 'E' : 'i';
      return answer === answers[i] || isSettled(found, decision)
        ? []
        : [{ i, theirs: answers[i], ours: answer, reason: decision.reason }];
    });

    expect(differing).toEqual([]);
  });

  test('was asked enough to be worth the agreement', () => {
    const share = (letter: string) => answers.split(letter).length / answers.length;

    expect(answers).toHaveLength(cases.length);
    expect(share('A')).toBeGreaterThan(0.15);
    expect(share('i')).toBeGreaterThan(0.15);
    expect(share('E')).toBeGreaterThan(0.15);
  });
});
