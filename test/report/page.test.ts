import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { renderHtml } from '#report/html/page';
import type { Report } from '#report/rows';
import { AXE, openBrowser } from './browser';
import { EXAMPLE_ACCOUNTS, writeExampleLake } from './example-lake';
import { newFolder, reportOf } from './made-report';

interface Violation {
  readonly id: string;
  readonly nodes: readonly string[];
}

let browser: Browser;
let url: string;
let wide: string;
const said: string[] = [];

beforeAll(async () => {
  const folder = newFolder();
  writeExampleLake(join(folder, 'lake'));
  const period = { from: '2026-03-01', to: '2026-03-30' };
  const report = await reportOf(join(folder, 'lake'), { period, accounts: EXAMPLE_ACCOUNTS });
  writeFileSync(join(folder, 'report.html'), renderHtml(report));
  url = pathToFileURL(join(folder, 'report.html')).href;
  writeFileSync(join(folder, 'wide.html'), renderHtml(widened(report)));
  wide = pathToFileURL(join(folder, 'wide.html')).href;
  browser = await openBrowser();
});

afterAll(async () => browser?.close());

/** The same of two hundred accounts in long units and sixty guardrails with long names. */
function widened(report: Report): Report {
  const repeated = <T>(rows: readonly T[], times: number, name: (row: T, i: number) => T) =>
    Array.from({ length: times }, (_, i) => rows[i % rows.length]).flatMap((row, i) =>
      row === undefined ? [] : [name(row, i)],
    );
  const guardrails = repeated(report.guardrails, 60, (row, i) => ({
    ...row,
    id: `${row.id}-that-somebody-named-at-length-${i}`,
  }));
  const accounts = repeated(report.accounts, 200, (row, i) => ({
    ...row,
    account: String(200_000_000_000 + i),
    name: `${row.name}-of-the-settlement-and-reconciliation-department`,
    unit: '/Workloads/Production/Payments and Settlement/Region Europe/Central Clearing',
  }));
  const cells = accounts.flatMap(({ account }, a) =>
    guardrails.flatMap(({ id }, g) => {
      const cell = report.cells[(a * 7 + g * 3) % report.cells.length];
      return cell === undefined || (a + g) % 3 === 0 ? [] : [{ ...cell, account, guardrail: id }];
    }),
  );
  return { ...report, guardrails, accounts, cells };
}

/** A page that shows the report; what the browser complains of is kept. */
async function shown(width: number, scheme = 'light', hasScript = true, at = url): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.setJavaScriptEnabled(hasScript);
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) said.push(`asked for ${request.url()}`);
  });
  await page.goto(at);
  return page;
}

/** Unfolds a part of everything, so that what is folded is looked at too. */
const unfold = `for (const [i, one] of document.querySelectorAll('details').entries())
  if (i % 15 === 0 || one.matches('.quiet, .service, .group')) one.open = true`;

async function violations(page: Page): Promise<readonly Violation[]> {
  await page.evaluate(unfold);
  // The page admits no script but its own; axe comes by the debugger, which no policy binds.
  await page.evaluate(readFileSync(AXE, 'utf8'));
  return (await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)) })))`)) as readonly Violation[];
}

test.each([
  [1280, 'light'],
  [1280, 'dark'],
  [390, 'light'],
  [390, 'dark'],
])(
  'axe finds nothing at %i pixels, %s',
  async (width, scheme) => {
    const page = await shown(width, scheme);

    expect(await violations(page)).toEqual([]);
    await page.close();
  },
  // On a machine with much else to do it takes minutes.
  300_000,
);

test.each([1280, 390])('nothing but tables scrolls sideways at %i pixels', async (width) => {
  const page = await shown(width);
  await page.evaluate(unfold);

  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  await page.close();
});

test('without script all is there, and nothing that would need one', async () => {
  const page = await shown(1280, 'light', false);
  const text = await page.$eval('body', (body) => body.textContent ?? '');

  for (const words of ['CIS AWS Foundations Benchmark', 'Decisions and their evidence', 'Method'])
    expect(text).toContain(words);
  expect(await page.$$('button, input, select')).toEqual([]);
  await page.close();
});

test('a cell of the heat table leads to a decision, which unfolds; the keyboard is enough', async () => {
  const page = await shown(1280);
  await page.focus('.heat td.s-failing a');
  await page.keyboard.press('Enter');
  await page.waitForFunction(`document.activeElement.closest('.decision')?.open === true`);

  expect(await page.evaluate(`document.activeElement.closest('.group').open`)).toBe(true);
  await page.close();
});

test('decisions are found by text and by outcome', async () => {
  const page = await shown(1280);
  const all = await page.$$eval('#decisions .decision', (items) => items.length);
  await page.type('#filter input', 'AccessDenied');
  await page.select('#filter select', 'failed');
  const left = await page.$$eval('#decisions .decision:not([hidden])', (items) => items.length);

  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(all);
  expect(await page.$eval('#filter output', (one) => one.textContent)).toBe(
    `${left} of ${all} shown`,
  );
  await page.close();
});

test('tables are sorted by their heads, downwards by the second click', async () => {
  const page = await shown(1280);
  const head = `[...document.querySelectorAll('#guardrails th button')].find((one) => one.textContent.startsWith('Decisions'))`;
  const column = `[...document.querySelectorAll('#guardrails table')][0].tBodies[0]`;
  await page.evaluate(`${head}.click(); ${head}.click()`);
  const counts = (await page.evaluate(
    `[...${column}.rows].map((row) => Number(row.cells[3].textContent.replace(',', '')))`,
  )) as readonly number[];

  expect(counts).toEqual([...counts].sort((a, b) => b - a));
  expect(await page.evaluate(`${head}.closest('th').getAttribute('aria-sort')`)).toBe('descending');
  await page.close();
});

test('prints: several pages, the tables whole, no navigation', async () => {
  const page = await shown(1280);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  await page.emulateMediaType('print');

  expect(
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type \/Page\b/g)?.length,
  ).toBeGreaterThan(4);
  expect(await page.evaluate(`getComputedStyle(document.querySelector('nav')).display`)).toBe(
    'none',
  );
  expect(await page.evaluate(`getComputedStyle(document.querySelector('.heat')).maxHeight`)).toBe(
    'none',
  );
  await page.close();
});

test('two hundred accounts and sixty guardrails are all there, and fit on screen and paper', async () => {
  const page = await shown(1280, 'light', true, wide);
  const rows = await page.$$eval('.heat', (tables) =>
    tables.map((one) => one.querySelectorAll('tbody tr').length),
  );
  const columns = await page.$$eval('.heat thead .g', (heads) => heads.length);
  const sideways = (selector: string) =>
    page.$$eval(selector, (all) => all.map((one) => one.scrollWidth - one.clientWidth));

  expect({ rows, columns }).toEqual({ rows: [200, 200, 200], columns: 60 });
  expect(await sideways('.heat')).toEqual([0, 0, 0]);
  // A4, landscape, without its margins.
  await page.setViewport({ width: 1032, height: 720 });
  await page.emulateMediaType('print');
  expect(await sideways('#accounts, #units, #guardrails, #coverage')).toEqual([0, 0, 0, 0]);
  await page.close();
});

test('prints what is folded even where no script runs', async () => {
  const page = await shown(1280, 'light', false);
  await page.emulateMediaType('print');
  const heights = await page.$$eval('details.service > p', (all) =>
    all.map((one) => one.getBoundingClientRect().height),
  );

  expect(heights.length).toBeGreaterThan(5);
  expect(heights.filter((height) => height === 0)).toEqual([]);
  await page.close();
});

test('the browser complained of nothing, and asked for nothing', () => {
  expect(said).toEqual([]);
});
