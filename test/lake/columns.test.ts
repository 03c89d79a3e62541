import { type Column, DECISION_COLUMNS, EVENT_COLUMNS } from '#lake/columns';
import { decisionRow } from '#lake/decision-row';
import { eventRow } from '#lake/event-row';
import { GLUE_TABLES, hiveType } from '#lake/glue-columns';
import { envelope } from '../support/event';
import { CONTEXT, REPAIRED } from './context';
import { recordedEnvelopes } from './recorded-events';

/** Every path below a value, e.g. `evidences[].api.operation`. */
function* pathsOf(value: unknown, path = ''): Generator<string> {
  if (Array.isArray(value)) for (const one of value) yield* pathsOf(one, `${path}[]`);
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value))
      yield* pathsOf(inner, path === '' ? name : `${path}.${name}`);
  else yield path;
}

function* pathsOfColumn(column: Column, path: string): Generator<string> {
  if (typeof column === 'string') yield path;
  else if ('array' in column) yield* pathsOfColumn(column.array, `${path}[]`);
  else
    for (const [name, inner] of Object.entries(column.struct))
      yield* pathsOfColumn(inner, `${path}.${name}`);
}

const columnPaths = (columns: { readonly [name: string]: Column }) =>
  new Set(Object.entries(columns).flatMap(([name, column]) => [...pathsOfColumn(column, name)]));

const fullDecision = decisionRow(
  {
    ...{ ...REPAIRED, because: 'a call was refused', follows: 'd-0' },
    calls: [{ ...REPAIRED.calls[0], error: 'AccessDenied' }],
  },
  CONTEXT,
);

const fullEvent = eventRow(
  envelope(
    {
      userIdentity: {
        type: 'AssumedRole',
        principalId: 'AROA:session',
        arn: 'arn:aws:sts::444444444444:assumed-role/admin/session',
        accountId: '444444444444',
        accessKeyId: 'ASIAEXAMPLE',
        invokedBy: 'cloudformation.amazonaws.com',
        sessionContext: {
          sessionIssuer: { userName: 'admin', arn: 'arn:aws:iam::444444444444:role/admin' },
          sourceIdentity: 'ana',
          attributes: { mfaAuthenticated: 'true', creationDate: '2026-11-21T09:00:00Z' },
        },
      },
      userAgent: 'aws-cli',
      requestID: 'R1',
      apiVersion: '2006-03-01',
      errorCode: 'AccessDenied',
      errorMessage: 'no',
      sharedEventID: 'S1',
      resources: [
        { ARN: 'arn:aws:s3:::orders', type: 'AWS::S3::Bucket', accountId: '444444444444' },
      ],
    },
    { 'replay-name': 'again' },
  ),
  CONTEXT,
);

/** What only the one kind of row has of the attributes both tables share. */
const ONLY_ELSEWHERE = {
  decisions: ['metadata.product.version'],
  events: ['resources[].region', 'src_endpoint.svc_name'],
};

describe('the columns of the lake', () => {
  test('take every value of every row', () => {
    const inEvents = columnPaths(EVENT_COLUMNS);
    const inDecisions = columnPaths(DECISION_COLUMNS);

    const rows = [fullEvent, ...recordedEnvelopes().map((text) => eventRow(text, CONTEXT))];
    const lost = rows.flatMap((row) => [...pathsOf(row)].filter((path) => !inEvents.has(path)));

    expect(lost).toEqual([]);
    expect([...pathsOf(fullDecision)].filter((path) => !inDecisions.has(path))).toEqual([]);
  });

  test('are all filled by some row', () => {
    const empty = (columns: typeof DECISION_COLUMNS | typeof EVENT_COLUMNS, row: object) => {
      const filled = new Set(pathsOf(row));
      return [...columnPaths(columns)].filter((path) => !filled.has(path));
    };

    expect(empty(DECISION_COLUMNS, fullDecision)).toEqual(ONLY_ELSEWHERE.decisions);
    expect(empty(EVENT_COLUMNS, fullEvent).toSorted()).toEqual(ONLY_ELSEWHERE.events);
  });

  test('are Hive types in the Glue tables', () => {
    expect(GLUE_TABLES.map(({ name, classUid }) => [name, classUid])).toEqual([
      ['decisions', 2003],
      ['events', 6003],
    ]);
    expect(hiveType({ array: { struct: { uid: 'string', bytes: 'bigint' } } })).toBe(
      'array<struct<uid:string,bytes:bigint>>',
    );
    expect(GLUE_TABLES[0].columns).toContainEqual({
      name: 'remediation',
      type: 'struct<desc:string>',
    });
  });
});
