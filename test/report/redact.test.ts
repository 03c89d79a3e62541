import { renderCsv } from '#report/csv';
import { renderHtml } from '#report/html/page';
import { renderJson } from '#report/json';
import { renderOscal } from '#report/oscal/render';
import { pseudonymsBy } from '#report/redact/pseudonyms';
import { redacted } from '#report/redact/redacted';
import type { Report } from '#report/rows';
import { decisionRow, decisionsOn, eventRow, eventsOn, moment, put } from './made-lake';
import { newFolder, reportOf } from './made-report';

const KEY = '0123456789abcdef0123456789abcdef';
const SECRET = [
  ...['444444444444', '555555555555', '666666666666', 'shop-prod', 'quiet-name', 'o-exampleorg1'],
  ...['Deployer', 'mallory@example.com', '203.0.113.7', '2001:db8::17', 'orders-of-shop'],
  ...['AKIAIOSFODNN7EXAMPLE', 'tagged-secretly'],
];

const lake = newFolder();
const resource = 'arn:aws:s3:::orders-of-shop';
put(lake, `${decisionsOn('03-10')}/444444444444.ndjson`, [
  decisionRow({
    ...{ resource, outcome: 'failed', mode: 'enforce', called: moment('03-10T08:00:00') },
    reason:
      'orders-of-shop is open to 0.0.0.0/0 and ::/0, by mallory@example.com from 203.0.113.7 and 2001:db8::17, for account 555555555555 by AKIAIOSFODNN7EXAMPLE',
    because: 'denied to arn:aws:sts::444444444444:assumed-role/Deployer/mallory@example.com',
    made: [{ operation: 's3:PutBucketAcl', error: 'AccessDenied for 444444444444' }],
    ...{ before: '{"owner":"tagged-secretly"}', after: '{"owner":"tagged-secretly"}' },
  }),
  decisionRow({ resource, outcome: 'waived', because: 'waiver of orders-of-shop' }),
  decisionRow({ resource, outcome: 'observed', called: moment('03-10T13:00:00') }),
]);
put(lake, `${eventsOn('03-10')}/a.ndjson`, [eventRow({ id: 'e-1', at: moment('03-10T08:00:00') })]);
put(lake, 'AWSLogs/444444444444/x.gz', 'of somebody else');

const made = () =>
  reportOf(lake, { accounts: [{ id: '666666666666', name: 'quiet-name', ouPath: '/Sandbox' }] });

const everything = (report: Report): string =>
  [renderHtml, renderJson, renderOscal].map((render) => render(report)).join('\n') +
  renderCsv(report)
    .map(({ text }) => text)
    .join('\n');

test('no format of a redacted report holds a name, and the report itself holds them all', async () => {
  const report = await made();
  const [open, masked] = [everything(report), everything(redacted(report, KEY))];

  expect(SECRET.filter((name) => !open.includes(name))).toEqual([]);
  expect(SECRET.filter((name) => masked.includes(name))).toEqual([]);
});

test('what a finding means and what finds it again stay', async () => {
  const { decisions, cells, units } = redacted(await made(), KEY);
  const [first] = decisions;

  expect(first?.reason).toMatch(
    /^resource-[0-9a-f]{12} is open to 0\.0\.0\.0\/0 and ::\/0, by caller-[0-9a-f]{12} from address-[0-9a-f]{12} and address-[0-9a-f]{12}, for account account-[0-9a-f]{12} by key-[0-9a-f]{12}$/,
  );
  expect(first?.resource).toMatch(/^arn:aws:s3:::resource-[0-9a-f]{12}$/);
  expect(first?.id).toMatch(/^d-/);
  expect(first?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(first?.account).toBe(cells[0]?.account);
  expect(units.map(({ path }) => path)).toContain('/Workloads/Prod');
});

test('the same key gives the same names in every report, another key others', async () => {
  const report = await made();
  const nameOf = (key: string) => redacted(report, key).accounts[0]?.account;

  expect(everything(redacted(await made(), KEY))).toBe(everything(redacted(report, KEY)));
  expect(nameOf(KEY)).toBe(pseudonymsBy(KEY).account('444444444444'));
  expect(nameOf(KEY.replace('0', '1'))).not.toBe(nameOf(KEY));
});

test('the page says that it is redacted, and a cell still leads to its decision', async () => {
  const page = renderHtml(redacted(await made(), KEY));
  const anchor = /<td class="c s-failing[^>]*><a href="#([^"]+)"/.exec(page)?.[1];

  expect(page).toContain('<strong>Redacted.</strong>');
  expect(page).toContain(`id="${anchor}"`);
  expect(page).not.toContain(KEY);
});

test.each([
  ['arn:aws:iam::444444444444:user/ana', /^arn:aws:iam::account-\w{12}:user\/resource-\w{12}$/],
  ['arn:aws:iam::444444444444:root', /^arn:aws:iam::account-\w{12}:resource-\w{12}$/],
  ['arn:aws-cn:sqs:cn-north-1:444444444444:jobs', /^arn:aws-cn:sqs:cn-north-1:account-\w{12}:res/],
  ['not an arn', /^resource-\w{12}$/],
  ['', /^$/],
])('%s keeps its kind', (arn, expected) => {
  expect(pseudonymsBy(KEY).resource(arn)).toMatch(expected);
});

test.each([
  ['it is as it should be', 'it is as it should be'],
  ['the root user signed in at 10:20:30', 'the root user signed in at 10:20:30'],
  ['event 6f1c9a52-0000-4000-8000-123456789012', 'event 6f1c9a52-0000-4000-8000-123456789012'],
  ['ports 22 and 3389 are open to 0.0.0.0/0', 'ports 22 and 3389 are open to 0.0.0.0/0'],
])('"%s" names nobody and stays', (text, expected) => {
  expect(pseudonymsBy(KEY).text(text)).toBe(expected);
});

test('a key that could be guessed is refused', async () => {
  const report = await made();

  expect(() => redacted(report, 'secret')).toThrow('at least 32 are needed');
});
