import fc from 'fast-check';
import { ancestors, type Mode, type ModeEntry, modeOf } from '#core';

const prod = { id: '444444444444', kind: 'member', ouPath: '/Workloads/Prod' } as const;
const entry = (guardrail: string, on: string, mode: Mode): ModeEntry => ({ guardrail, on, mode });

test.each([
  ['/', ['/']],
  ['/Workloads', ['/Workloads', '/']],
  ['/Workloads/Prod', ['/Workloads/Prod', '/Workloads', '/']],
])('%s lies in %j', (path, places) => {
  expect(ancestors(path)).toEqual(places);
});

describe('the mode', () => {
  test.each<readonly [string, readonly ModeEntry[], { mode: Mode; from: string }]>([
    ['without any entry is shadow', [], { mode: 'shadow', from: 'default' }],
    [
      'of another guardrail does not count',
      [entry('sqs.queue-untagged', '/', 'enforce')],
      { mode: 'shadow', from: 'default' },
    ],
    [
      'of another OU does not count, though its name begins the same',
      [entry('*', '/Work', 'enforce'), entry('*', '/Workloads/Prod2', 'enforce')],
      { mode: 'shadow', from: 'default' },
    ],
    [
      'of the nearest OU beats that of the root',
      [entry('*', '/', 'off'), entry('*', '/Workloads', 'observe')],
      { mode: 'observe', from: '* on /Workloads' },
    ],
    [
      'of the account beats that of its OU',
      [entry('*', '/Workloads/Prod', 'enforce'), entry('*', '444444444444', 'off')],
      { mode: 'off', from: '* on 444444444444' },
    ],
    [
      'of the guardrail at the root beats that of all in the account',
      [entry('*', '444444444444', 'enforce'), entry('s3.bucket-public', '/', 'observe')],
      { mode: 'observe', from: 's3.bucket-public on /' },
    ],
  ])('%s', (_, modes, expected) => {
    expect(modeOf({ modes }, 's3.bucket-public', prod)).toEqual(expected);
  });

  test.each(['management', 'security', 'log-archive'] as const)(
    'goes no higher than shadow in the %s account',
    (kind) => {
      const account = { ...prod, kind };

      expect(modeOf({ modes: [entry('*', '/', 'enforce')] }, 'x.y', account)).toEqual({
        mode: 'shadow',
        from: `* on /, capped in the ${kind} account`,
      });
      expect(modeOf({ modes: [entry('*', '/', 'observe')] }, 'x.y', account).mode).toBe('observe');
    },
  );

  test('does not depend on the order of the entries', () => {
    const on = fc.constantFrom('/', '/Workloads', '/Workloads/Prod', '444444444444', '/Other');
    const mode = fc.constantFrom<Mode>('off', 'observe', 'shadow', 'enforce');
    const entries = fc.uniqueArray(fc.tuple(fc.constantFrom('*', 'x.y'), on, mode), {
      selector: ([guardrail, place]) => `${guardrail} ${place}`,
    });

    fc.assert(
      fc.property(entries, (list) => {
        const modes = list.map((parts) => entry(...parts));

        expect(modeOf({ modes: [...modes].reverse() }, 'x.y', prod)).toEqual(
          modeOf({ modes }, 'x.y', prod),
        );
      }),
    );
  });
});
