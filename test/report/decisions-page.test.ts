import { createHash } from 'node:crypto';
import type { Decision } from '#core';
import { decisionsPage } from '#report/decisions-page';
import { html } from '#report/html';
import { trailEvent } from '../support/event';

const EVIL = `<script>alert(1)</script>"'&<img src=x onerror=alert(1)>`;
const SAFE =
  '&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;&lt;img src=x onerror=alert(1)&gt;';

const call = {
  operation: 's3:PutBucketAcl',
  access: 'write' as const,
  on: { type: 'x', arn: 'x', account: 'x', region: 'x' },
  input: { Bucket: EVIL },
};
/** A decision of which every text is hostile. */
const decision = (changes: Partial<Decision> = {}): Decision => ({
  id: EVIL,
  cause: { kind: 'event', event: trailEvent({}) },
  guardrail: { id: EVIL, version: 1 },
  resource: { type: EVIL, arn: EVIL, account: EVIL, region: EVIL },
  ouPath: EVIL,
  mode: 'enforce',
  modeFrom: EVIL,
  verdict: { verdict: 'violates', reason: EVIL },
  outcome: 'repaired',
  because: EVIL,
  before: { [EVIL]: EVIL },
  after: [EVIL],
  planned: [call],
  made: [],
  at: { called: '2026-11-21T10:00:00Z', [EVIL]: EVIL },
  ...changes,
});
const page = (decisions: readonly Decision[]) =>
  decisionsPage({
    title: EVIL,
    origin: EVIL,
    decisions: decisions.map((one) => ({ decision: one, accountName: EVIL })),
    stopped: [{ at: '2026-11-21T10:00:00Z', what: EVIL, reason: EVIL }],
  });

describe('the page of decisions', () => {
  const text = page([
    decision(),
    decision({ made: [{ call, requestId: EVIL, answer: { kind: 'absent' }, at: '' }] }),
  ]);

  test('escapes every text, whoever wrote it', () => {
    expect(text).not.toMatch(/<script|<img|onerror=alert\(1\)>/);
    expect(text).toContain(SAFE);
    expect(text).toContain(`<td class="arn">${SAFE}</td>`);
    expect(text).toContain(`<title>${SAFE}</title>`);
  });

  test('has no script, loads nothing and links to nothing', () => {
    expect(text).not.toMatch(/<(script|iframe|object|embed|link|img|base|form|a|svg)\b/i);
    for (const [tag] of text.matchAll(/<[^>]*>/g))
      expect(tag).not.toMatch(/https?:|url\(|\son\w+=|javascript:|\b(src|href)=/i);
    expect(text).not.toMatch(/@import|url\(/);
  });

  test('lets a browser run nothing but its own style', () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(text)?.[1];
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(text) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');

    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
  });

  test('counts outcomes, and is the same for the same decisions', () => {
    const decisions = [decision(), decision({ outcome: 'nothing' }), decision()];

    expect(page(decisions)).toContain('<li><b>1</b> nothing</li><li><b>2</b> repaired</li>');
    expect(page(decisions)).toBe(page(decisions));
  });

  test('tells calls that were made, else those that were planned', () => {
    expect(page([decision()])).toContain('<dt>Calls planned</dt><dd><pre>s3:PutBucketAcl {');
    expect(text).toContain('<dt>Calls made</dt>');
    expect(page([decision({ planned: [] })])).toContain('<dt>Calls planned</dt><dd>none</dd>');
  });

  test('can be made of no decisions', () => {
    expect(page([])).toContain('<tbody></tbody>');
  });
});

test('markup that the tag made is not escaped twice, in lists neither', () => {
  const inner = html`<b>${'<'}</b>`;

  expect(html`<p title="${'"'}">${inner}${[inner, inner]}${3}</p>`.html).toBe(
    '<p title="&quot;"><b>&lt;</b><b>&lt;</b><b>&lt;</b>3</p>',
  );
});
