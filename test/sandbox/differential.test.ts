import { join } from 'node:path';
import { guardrails } from '#policies/guardrails/index';
import { isLeftOut, leftOut, runScenario } from '#sandbox/drive';
import { castOf, twinOfSandbox } from '#sandbox/twin';
import { readScenario, runScenario as runInTwin } from '#twin';
import { comparable, fromTwin } from '../support/comparable';
import { worldIn } from './world';

const { sandbox } = worldIn();
const scenario = readScenario(join(__dirname, '../../examples/scenario.yaml'), castOf(sandbox));

test('twin and sandbox decide the same in every step of the scenario', async () => {
  const simulated = await runInTwin(scenario, twinOfSandbox(sandbox, guardrails));
  const driven = await runScenario(sandbox, scenario);

  const expected = simulated
    .filter(({ step }) => !isLeftOut(step))
    .map(({ step, decisions }) => ({ step: step.name, decisions: decisions.map(fromTwin) }));
  const seen = driven.map(({ step, decisions }) => ({
    step,
    decisions: decisions.map(comparable),
  }));
  expect(seen).toEqual(expected);
  process.stderr.write(
    `    ${seen.length} steps compared; left out, as the emulator has not what they need: ${leftOut(scenario).length}\n`,
  );
}, 300_000);

test('the twin finds every step of the scenario as it is written', async () => {
  const simulated = await runInTwin(scenario, twinOfSandbox(sandbox, guardrails));

  expect(
    simulated.flatMap(({ step, unmet }) => unmet.map((line) => `${step.name}: ${line}`)),
  ).toEqual([]);
});
