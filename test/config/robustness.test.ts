import fc from 'fast-check';
import { ConfigurationError } from '#config';
import { GUARDRAILS, load, SNAPSHOT, YAML } from './organization';

const PIECES = [
  '',
  ' ',
  '\n',
  '\t',
  ':',
  '- ',
  '{',
  '}',
  '[',
  '*a',
  '&a ',
  '!t ',
  'null',
  '012',
  '"',
];
const NAMES = ['__proto__', 'constructor', 'mode', 'settings', '*', '/', '<<', '? x', '12', 'true'];

/** A text with some stretches replaced by pieces that mean something in YAML. */
const mangled = (text: string) =>
  fc
    .array(
      fc.record({
        at: fc.nat(text.length),
        cut: fc.nat(12),
        put: fc.oneof(fc.constantFrom(...PIECES, ...NAMES), fc.string({ maxLength: 6 })),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((edits) =>
      edits.reduce((all, { at, cut, put }) => all.slice(0, at) + put + all.slice(at + cut), text),
    );

/** Loads; a refusal must name places in the files, and anything else thrown is a bug. */
function loadOrRefuse(yaml: string, snapshot: string): void {
  try {
    load(yaml, snapshot, GUARDRAILS);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    expect(error.problems.length).toBeGreaterThan(0);
    for (const { file, line, column, problem, remedy } of error.problems) {
      const lines = (file.endsWith('parapet.yaml') ? yaml : snapshot).split('\n').length;
      expect(line).toBeGreaterThanOrEqual(1);
      expect(line).toBeLessThanOrEqual(lines + 1);
      expect(column).toBeGreaterThanOrEqual(1);
      expect(problem).not.toBe('');
      expect(remedy).not.toBe('');
    }
  }
}

test('whatever parapet.yaml says, it is loaded or refused with places', () => {
  fc.assert(
    fc.property(mangled(YAML), (yaml) => loadOrRefuse(yaml, SNAPSHOT)),
    { numRuns: 400 },
  );
});

test('whatever the snapshot says, it is loaded or refused with places', () => {
  fc.assert(
    fc.property(mangled(SNAPSHOT), (snapshot) => loadOrRefuse(YAML, snapshot)),
    { numRuns: 200 },
  );
});
