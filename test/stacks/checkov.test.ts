import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import {
  type Exception,
  exceptionsSchema,
  findingsOf,
  type Output,
} from '#sandbox/checkov-findings';

const check = (check_id: string, stack: string, resource: string) => ({
  ...{ check_id, check_name: `Ensure ${check_id}`, resource },
  file_path: `/${stack}/cdk.tf.json`,
});

const PASSED = check('CKV_AWS_7', 'security', 'resource.key_key');

const output = (
  failed: Output['results']['failed_checks'],
  changes: Partial<Output['results']> = {},
): Output => ({
  results: { passed_checks: [PASSED], failed_checks: failed, parsing_errors: [], ...changes },
});

const exception = (id: string, ...on: readonly string[]): Exception => ({
  ...{ check: id, on: [...on] },
  reason: 'it is right for a good reason',
});

const faults = (given: Output, exceptions: readonly Exception[], stacks = ['security']) =>
  findingsOf(given, exceptions, stacks).flatMap(({ not }) => not);

const FAILED = check('CKV_AWS_18', 'security', 'aws_s3_bucket.bodies_bucket');

describe('checkov’s answer', () => {
  it('is right where every failed check has an exception, and every exception its check', () => {
    expect(faults(output([FAILED]), [exception('CKV_AWS_18', 'security/bodies_bucket')])).toEqual(
      [],
    );
  });

  it('is wrong where a check fails that nobody excepted, there or elsewhere', () => {
    expect(faults(output([FAILED]), [])).toEqual([
      'CKV_AWS_18 on security/bodies_bucket: Ensure CKV_AWS_18',
    ]);
    const other = check('CKV_AWS_18', 'log-archive', 'resource.lake_bucket');
    expect(
      faults(output([FAILED, other]), [exception('CKV_AWS_18', 'security/bodies_bucket')]),
    ).toEqual(['CKV_AWS_18 on log-archive/lake_bucket: Ensure CKV_AWS_18']);
  });

  it('is wrong where an exception is not needed, or one of its places', () => {
    const exceptions = [
      exception('CKV_AWS_18', 'security/bodies_bucket', 'log-archive/lake_bucket'),
      exception('CKV_AWS_144', 'security/*'),
    ];

    expect(faults(output([FAILED]), exceptions)).toEqual([
      'CKV_AWS_18 on log-archive/lake_bucket',
      'CKV_AWS_144 on security/*',
    ]);
  });

  it('is wrong where a stack was not scanned, passes nothing or cannot be read', () => {
    const parsing_errors = ['/management/cdk.tf.json'];

    expect(faults(output([], { parsing_errors }), [], ['management', 'security'])).toEqual([
      '/management/cdk.tf.json cannot be read',
      'management passes none',
    ]);
    expect(faults(output([], { passed_checks: [] }), [])).toEqual(['security passes none']);
  });

  it('is matched from end to end, * for any characters and all others for themselves', () => {
    const role = check('CKV_AWS_61', 'member-111111111111', 'resource.remediate-s3_role');
    const by = (on: string) => faults(output([role]), [exception('CKV_AWS_61', on)]).length === 0;

    expect(by('member-*/remediate-*_role')).toBe(true);
    expect(by('member-*/remediate-*')).toBe(true);
    expect(by('member-*/remediate')).toBe(false);
    expect(by('ember-*/remediate-s3_role')).toBe(false);
    expect(by('member-*/reader_role')).toBe(false);
  });
});

describe('the exceptions', () => {
  const read = (text: string) => exceptionsSchema.safeParse(parse(text)).success;

  it('that ship each name a check, places and a reason', () => {
    expect(read(readFileSync('policies/checkov.yaml', 'utf8'))).toBe(true);
  });

  it.each([
    ['a reason', '[{ check: CKV_AWS_18, on: [security/x] }]'],
    ['a reason worth the name', '[{ check: CKV_AWS_18, on: [security/x], reason: fine }]'],
    ['a place', '[{ check: CKV_AWS_18, on: [], reason: it is right for a good reason }]'],
    ['a stack', '[{ check: CKV_AWS_18, on: [x], reason: it is right for a good reason }]'],
    ['a check', '[{ check: all, on: [security/x], reason: it is right for a good reason }]'],
  ])('are refused without %s', (_, text) => {
    expect(read(text)).toBe(false);
  });
});
