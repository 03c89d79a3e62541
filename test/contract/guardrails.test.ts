import { guardrails } from '#policies/guardrails/index';
import { examplesOf } from '../support/examples';
import { judgeExample } from '../support/judge-example';

describe.each(guardrails.map((guardrail) => [guardrail.id, guardrail] as const))(
  '%s',
  (id, guardrail) => {
    const examples = examplesOf(id);

    test.each(examples.map((example) => [example.name, example] as const))(
      '%s',
      async (_, example) => {
        const { verdict, reason, plan } = await judgeExample(guardrail, example);

        expect(verdict).toBe(example.expect.verdict);
        if (example.expect.reason !== undefined) expect(reason).toBe(example.expect.reason);
        if (example.expect.plan !== undefined) expect(plan).toEqual(example.expect.plan);
      },
    );

    test('has an example of each verdict it can reach, and of an ignored event', () => {
      const shown = new Set(examples.map((example) => example.expect.verdict));

      expect([...shown]).toEqual(expect.arrayContaining(['violates', 'complies', 'ignored']));
      if (guardrail.reads.length > 0) expect([...shown]).toContain('undetermined');
    });

    test('plans only writes it declares', async () => {
      const declared = guardrail.writes.map((operation) => operation.id);

      for (const example of examples)
        for (const call of (await judgeExample(guardrail, example)).plan)
          expect(declared).toContain(call.operation);
    });

    test('parses its settings from nothing', () => {
      expect(() => guardrail.settings.parse({})).not.toThrow();
    });

    test('tells owners what and why', () => {
      for (const words of [guardrail.title, guardrail.why, ...guardrail.limits])
        expect(words.length).toBeGreaterThan(10);
      expect(guardrail.id).toMatch(/^[a-z0-9]+\.[a-z0-9-]+$/);
      expect(Object.keys(guardrail.frameworks).length).toBeGreaterThan(0);
    });
  },
);
