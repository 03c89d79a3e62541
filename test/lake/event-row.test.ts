import fc from 'fast-check';
import { eventRow } from '#lake/event-row';
import { lineOf } from '#lake/write';
import { envelope } from '../support/event';
import { CONTEXT } from './context';
import { faultsOf } from './ocsf';
import { recordedEnvelopes } from './recorded-events';

const row = (...parts: Parameters<typeof envelope>) => eventRow(envelope(...parts), CONTEXT);

describe('the row of an API call', () => {
  test('says who did what, where, when and from where', () => {
    const made = row({
      userAgent: 'aws-cli/2.13',
      requestID: 'REQ1',
      resources: [
        { ARN: 'arn:aws:s3:::orders', accountId: '444444444444', type: 'AWS::S3::Bucket' },
      ],
    });

    expect(made).toMatchObject({
      class_uid: 6003,
      category_uid: 6,
      activity_id: 3,
      activity_name: 'Update',
      type_uid: 600303,
      type_name: 'API Activity: Update',
      severity_id: 1,
      time: 1795255200000,
      time_dt: '2026-11-21T10:00:00.000Z',
      status_id: 1,
      message: 's3.amazonaws.com PutBucketAcl',
      cloud: {
        provider: 'AWS',
        region: 'eu-west-1',
        account: { uid: '444444444444', name: 'orders-prod' },
        org: { uid: 'o-example1234', ou_name: '/Workloads/Prod' },
      },
      actor: {
        user: { uid: 'arn:aws:iam::444444444444:user/ana', name: 'ana', type: 'IAMUser' },
      },
      api: {
        operation: 'PutBucketAcl',
        service: { name: 's3.amazonaws.com' },
        request: { uid: 'REQ1' },
      },
      src_endpoint: { ip: '198.51.100.7' },
      http_request: { user_agent: 'aws-cli/2.13' },
      resources: [
        {
          uid: 'arn:aws:s3:::orders',
          type: 'AWS::S3::Bucket',
          owner: { account: { uid: '444444444444' } },
        },
      ],
    });
    expect(faultsOf(made)).toEqual([]);
  });

  test('keeps the event byte for byte', () => {
    const text = `${envelope({ note: 'ü \u2028' })}  `;

    expect(eventRow(text, CONTEXT).raw_data).toBe(text);
  });

  test.each([
    [
      'a call with an error code',
      { errorCode: 'AccessDenied', errorMessage: 'no' },
      'AccessDenied',
    ],
    [
      'a sign-in that failed, which has no error code',
      {
        eventSource: 'signin.amazonaws.com',
        eventName: 'ConsoleLogin',
        responseElements: { ConsoleLogin: 'Failure' },
      },
      undefined,
    ],
  ])('%s has failed', (_what, detail, code) => {
    const made = row(detail);

    expect(made.status_id).toBe(2);
    expect(made.status_code).toBe(code);
    expect(faultsOf(made)).toEqual([]);
  });

  test.each([
    ['CreateBucket', 1],
    ['RunInstances', 1],
    ['GetObject', 2],
    ['BatchGetItem', 2],
    ['DescribeInstances', 2],
    ['PutBucketAcl', 3],
    ['AuthorizeSecurityGroupIngress', 3],
    ['TerminateInstances', 4],
    ['DeleteTrail', 4],
    ['AssumeRole', 99],
    ['Getaway', 99],
    ['TargetGroupGet', 99],
  ])('%s is activity %i', (eventName, id) => {
    expect(row({ eventName }).activity_id).toBe(id);
  });

  test('a source that is a service is no address', () => {
    expect(row({ sourceIPAddress: 'cloudformation.amazonaws.com' }).src_endpoint).toEqual({
      svc_name: 'cloudformation.amazonaws.com',
    });
  });

  test('where CloudTrail names nobody, the service is the actor', () => {
    expect(row({ userIdentity: null }).actor).toEqual({ app_name: 's3.amazonaws.com' });
  });

  test('what CloudTrail writes as null is as good as missing', () => {
    const nobody = { type: null, arn: null, accountId: null, userName: null, invokedBy: null };

    expect(row({ userIdentity: nobody }).actor).toEqual({ app_name: 's3.amazonaws.com' });
  });

  test.each([
    ['no JSON', '{"half', /not JSON/],
    ['no CloudTrail event', '{"detail":{}}', /not a CloudTrail event/],
    ['a time that is none', envelope({ eventTime: 'yesterday' }, { time: '1' }), /tells no time/],
  ])('%s is refused with its reason', (_what, text, reason) => {
    expect(() => eventRow(text, CONTEXT)).toThrow(reason);
  });

  test('owner and caller of a shared event get rows of their own', () => {
    const rows = ['444444444444', '222222222222'].map((account) => row({}, { account }));

    expect(new Set(rows.map(({ metadata }) => metadata.uid)).size).toBe(2);
    expect(new Set(rows.map(({ metadata }) => metadata.correlation_uid)).size).toBe(1);
  });
});

describe('the recorded events', () => {
  const envelopes = recordedEnvelopes();
  const rows = envelopes.map((text) => eventRow(text, CONTEXT));

  test('all become rows that the OCSF schema allows', () => {
    const faults = rows.flatMap((made) =>
      faultsOf(made).map((fault) => `${made.api.operation}: ${fault}`),
    );

    expect(rows).toHaveLength(envelopes.length);
    expect(faults).toEqual([]);
  });

  test('are kept verbatim, one line each', () => {
    for (const [i, made] of rows.entries()) {
      const line = lineOf(made);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(JSON.parse(line).raw_data).toBe(envelopes[i]);
    }
  });

  test('have a uid that depends on eventID and account alone', () => {
    fc.assert(
      fc.property(fc.nat(envelopes.length - 1), fc.uuid(), (i, delivery) => {
        const again = JSON.parse(envelopes[i] as string);
        const text = JSON.stringify({ ...again, id: delivery, 'replay-name': 'again' });

        expect(eventRow(text, CONTEXT).metadata.uid).toBe(rows[i]?.metadata.uid);
      }),
    );
    const keys = rows.map(
      (made) => `${made.metadata.original_event_uid} ${made.cloud.account.uid}`,
    );
    expect(new Set(rows.map(({ metadata }) => metadata.uid)).size).toBe(new Set(keys).size);
  });
});
