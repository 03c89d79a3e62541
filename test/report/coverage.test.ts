import type { Reconciliation } from '#report/coverage';
import { renderHtml } from '#report/html/page';
import { decisionRow, decisionsOn, eventRow, eventsOn, moment, put } from './made-lake';
import { newFolder, reportOf } from './made-report';

const lake = newFolder();
const judged = decisionRow({ called: moment('03-10T08:00:00'), outcome: 'failed' });
const again = decisionRow({ called: moment('03-10T09:00:00'), mode: 'shadow' });
const lost = decisionRow({ called: moment('03-11T08:00:00'), account: '555555555555' });
const calls = (id: string, at: string, call: readonly [string, string], isFailed?: true) =>
  eventRow({ id, at: moment(at), call, ...(isFailed ? { isFailed } : {}) });
const ACL = ['PutBucketAcl', 's3.amazonaws.com'] as const;

put(lake, `${decisionsOn('03-10')}/a.ndjson`, [judged, again, lost]);
put(lake, `${eventsOn('03-10')}/a.ndjson`, [
  calls(judged.unmapped.cause_uid, '03-10T08:00:00', ACL),
  calls(again.unmapped.cause_uid, '03-10T09:00:00', ACL),
  calls('e-unanswered', '03-10T10:00:00', ACL),
  // Refused, so that nothing changed; watched by none; too late to be decided yet.
  calls('e-refused', '03-10T10:00:00', ACL, true),
  calls('e-unwatched', '03-10T10:00:00', ['GetCallerIdentity', 'sts.amazonaws.com']),
  calls('e-late', '03-12T23:55:00', ACL),
]);

test('calls and decisions are matched by the event’s id, both ways', async () => {
  const { coverage } = await reportOf(lake);

  expect(coverage.reconciliation).toEqual<Reconciliation>({
    ...{ calls: 6, judged: 2, woken: 3, recorded: 2 },
    unanswered: [{ source: 's3.amazonaws.com', operation: 'PutBucketAcl', calls: 1 }],
  });
});

test('a call that came before the period may have woken a decision within it', async () => {
  const midnight = newFolder();
  const late = decisionRow({ called: moment('03-09T23:59:59') });
  put(midnight, `${decisionsOn('03-10')}/a.ndjson`, [late]);
  put(midnight, `${eventsOn('03-09')}/a.ndjson`, [
    calls(late.unmapped.cause_uid, '03-09T23:59:59', ACL),
  ]);

  const { coverage } = await reportOf(midnight);

  expect(coverage.reconciliation).toMatchObject({ calls: 0, woken: 1, recorded: 1 });
});

test('a guardrail’s mode in an account is that of its latest decision there', async () => {
  const { coverage } = await reportOf(lake, {
    accounts: [
      { id: '444444444444', name: 'shop-prod', ouPath: '/Workloads/Prod' },
      { id: '666666666666', name: 'quiet', ouPath: '/Sandbox' },
    ],
  });

  expect(coverage.modes.find(({ guardrail }) => guardrail === 's3.bucket-public')).toEqual({
    ...{ guardrail: 's3.bucket-public', judged: 2, accounts: 3 },
    modes: { enforce: 1, shadow: 1 },
  });
  expect(coverage.modes.find(({ guardrail }) => guardrail === 'signin.root-login')).toEqual({
    ...{ guardrail: 'signin.root-login', judged: 0, accounts: 3, modes: {} },
  });
});

test('the page says what this comparison cannot tell', async () => {
  const page = renderHtml(await reportOf(lake));

  expect(page).toContain('<b>66.7 %</b> of decisions have their call');
  expect(page).toContain('A call that the bus never brought is in neither');
  expect(renderHtml(await reportOf(newFolder()))).toContain(
    'The period has neither calls nor decisions.',
  );
});
