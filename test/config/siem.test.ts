import { load, problemsOf, replaced, SNAPSHOT, YAML } from './organization';

const withSiem = (block: string): string =>
  replaced(YAML, 'guardrails:\n', `${block}guardrails:\n`);

const block = (...lines: readonly string[]): string =>
  ['siem:', ...lines.map((line) => `  ${line}`), ''].join('\n');

const HEC = [
  'protocol: splunk-hec',
  'url: https://splunk.example.com:8088',
  'secret: parapet/siem',
];

describe('the receiver of events and decisions', () => {
  it('is nobody without a siem block', () => {
    expect(load().siem).toBeUndefined();
  });

  it('is resolved with its defaults', () => {
    expect(load(withSiem(block(...HEC))).siem).toEqual({
      protocol: 'splunk-hec',
      url: 'https://splunk.example.com:8088',
      secret: 'parapet/siem',
      gzip: true,
    });
  });

  it('has a data stream where it is Elastic or OpenSearch', () => {
    const lines = ['protocol: bulk', 'url: https://es.example.com', 'secret: parapet/siem'];

    expect(load(withSiem(block(...lines))).siem).toMatchObject({ index: 'logs-parapet-default' });
  });

  it.each([
    ['plain HTTP', 'url: http://splunk.example.com'],
    ['a password in the address', 'url: https://ana:secret@splunk.example.com'],
    ['an address that is none', 'url: splunk'],
    ['a file', 'url: file:///etc/passwd'],
  ])('is refused with %s', (_, url) => {
    const lines = HEC.map((line) => (line.startsWith('url') ? url : line));

    expect(
      problemsOf({ 'parapet.yaml': withSiem(block(...lines)), 'organization.json': SNAPSHOT }),
    ).toEqual([expect.stringMatching(/^parapet\.yaml:10:\d+: .*write https:\/\/<host>/)]);
  });

  it('is refused with a protocol that is not spoken', () => {
    const lines = ['protocol: syslog', ...HEC.slice(1)];

    expect(
      problemsOf({ 'parapet.yaml': withSiem(block(...lines)), 'organization.json': SNAPSHOT }),
    ).toEqual([expect.stringMatching(/^parapet\.yaml:9:\d+: .*splunk-hec, bulk or webhook/)]);
  });

  it('is refused with a key it does not have', () => {
    expect(
      problemsOf({
        'parapet.yaml': withSiem(block(...HEC, 'token: abc')),
        'organization.json': SNAPSHOT,
      }),
    ).toEqual([expect.stringMatching(/^parapet\.yaml:12:\d+: unknown key "token"/)]);
  });
});
