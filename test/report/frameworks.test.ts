import { controlsOf, servedBy } from '#core';
import { frameworks } from '#policies/frameworks/index';
import { guardrails } from '#policies/guardrails/index';
import { framework } from './made-report';

const titleOf = (id: string, control: string) =>
  controlsOf(framework(id)).find((one) => one.id === control)?.title;

describe.each(frameworks.map((one) => [one.id, one] as const))('%s', (_, one) => {
  const controls = controlsOf(one);

  test('names each control once, in words of its own', () => {
    expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
    for (const { id, title } of controls) {
      expect(id).toMatch(/^[A-Za-z0-9.()-]+$/);
      // The publishers' titles begin so; ours do not.
      expect(title).not.toMatch(/^Ensure|^Eliminate|\.$/);
      expect(title.length).toBeGreaterThan(5);
    }
  });

  test('says why each guardrail serves a control, and names it once there', () => {
    for (const { servedBy: services } of controls) {
      expect(new Set(services.map(({ guardrail }) => guardrail)).size).toBe(services.length);
      for (const { guardrail, rationale } of services) {
        expect(guardrail).toMatch(/^[a-z0-9]+\.[a-z0-9-]+$/);
        expect(rationale).toMatch(/^[A-Z].{15,}\.$/);
      }
    }
  });
});

test.each([
  ['cis-3.0', 62],
  ['cis-5.0', 63],
  ['cis-7.0', 70],
])('%s has %i controls', (id, count) => {
  expect(controlsOf(framework(id))).toHaveLength(count);
});

test.each([
  ['cis-3.0', '1.7', 'The root user is not used for daily work'],
  ['cis-3.0', '2.2.1', 'EBS volumes are encrypted by default in all Regions'],
  ['cis-3.0', '4.16', 'Security Hub is on'],
  ['cis-3.0', '5.2', 'Security groups keep administration ports from 0.0.0.0/0'],
  ['cis-5.0', '1.6', 'The root user is not used for daily work'],
  ['cis-5.0', '1.21', 'Full access to CloudShell is restricted'],
  ['cis-5.0', '2.1.4', 'Buckets block public access'],
  ['cis-5.0', '4.3', 'Use of the root user is watched'],
  ['cis-5.0', '5.1.2', 'CIFS is open to trusted networks only'],
  ['cis-5.0', '5.7', 'Instance metadata needs a session (IMDSv2)'],
  ['cis-7.0', '2.1.2', 'SCPs and RCPs bound every account of the organization'],
  ['cis-7.0', '2.7', 'The root user is not used for daily work'],
  ['cis-7.0', '2.21', 'No resource policy admits everyone'],
  ['cis-7.0', '3.1.4', 'Buckets block public access'],
  ['cis-7.0', '5.8', 'Changes of bucket policies are watched'],
  ['cis-7.0', '6.8', 'AWS services are reached through VPC endpoints'],
])('%s %s is "%s"', (id, control, title) => {
  expect(titleOf(id, control)).toBe(title);
});

describe.each(guardrails.map((guardrail) => [guardrail.id, guardrail] as const))(
  '%s',
  (id, own) => {
    const served = servedBy(id, frameworks);

    test('names no control of a shipped framework that the mapping does not give it', () => {
      const shipped = frameworks.map((one) => one.id);
      for (const [name, controls] of Object.entries(own.frameworks)) {
        if (!shipped.includes(name)) continue;
        expect({ framework: name, controls: served[name] ?? [] }).toEqual({
          framework: name,
          controls: expect.arrayContaining([...controls]),
        });
      }
    });
  },
);

test('what a guardrail serves is gathered over all frameworks', () => {
  expect(servedBy('signin.root-login', frameworks)).toEqual({
    'cis-3.0': ['1.7', '4.3'],
    'cis-5.0': ['1.6', '4.3'],
    'cis-7.0': ['2.7', '5.3'],
    'nist-800-53-r5': ['AC-6(9)', 'SI-4(5)'],
    'pci-4.0.1': ['8.2.2', '10.2.1.2'],
  });
  expect(servedBy('nobody.knows-it', frameworks)).toEqual({});
});
