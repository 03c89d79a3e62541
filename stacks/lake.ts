import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { deploymentOf } from '#config';
import { ENROLMENT, names } from '#core';
import { GLUE_TABLES, rowContext } from '#lake';
import { DEDUPLICATED_VIEWS, SAVED_QUERIES } from '#lake/queries';
import { functionLogGroup, NodeFunction } from '#modules/function';
import { LakeQueries } from '#modules/lake-queries';
import { LakeStream } from '#modules/lake-stream';
import { Role } from '#modules/role';
import { mapped } from '#policies/frameworks/mapped';
import { tlsOnlyPolicy } from '#policies/resources/bucket-policy';
import {
  firehosePermissions,
  lakeReaderPermissions,
  lakeReaderTrust,
  lakeRowsPermissions,
  lakeStreamLog,
  lakeStreams,
} from '#policies/resources/lake-roles';
import { arns } from '#policies/resources/place';
import { serviceTrust } from '#policies/resources/service-trust';
import type { Around } from './around';
import { functionCode } from './function-code';

/** The streams into the lake by what flows in them, for the bus's rules. */
export interface LakeFeeds {
  readonly events: string;
  readonly decisions: string;
}

/**
 * What the security account has of the lake: two streams into it, each with a function that makes
 * its rows; tables and a workgroup to ask; and the one role that may.
 */
export function addLake(scope: Construct, around: Around): LakeFeeds {
  const { provider, place, keyArn, configuration } = around;
  const lake = { place, logArchive: configuration.parts.logArchive };
  const bucket = names.lakeBucket(lake.logArchive, place.region);
  const writer = new Role(scope, 'lake-writer', {
    ...{ provider, name: names.firehoseRole },
    description: 'Parapet: the one role that writes to the data lake',
    trust: serviceTrust('firehose.amazonaws.com', place, lakeStreams(place)),
    permissions: firehosePermissions(lake),
  });
  const after: readonly ITerraformDependable[] = writer.policy === undefined ? [] : [writer.policy];
  const feeds = GLUE_TABLES.map(({ name: of, classUid }) => {
    const stream = new LakeStream(scope, `lake-${of}`, {
      ...{ provider, of, after, keyArn, folder: `class=${classUid}` },
      bucketArn: arns.bucket(place, bucket),
      roleArn: writer.arn,
      rowsArn: addRows(scope, of, around).arn,
      logGroup: lakeStreamLog(of),
      topicArn: around.alertsArn,
    });
    return [of, stream.arn] as const;
  });
  new Role(scope, 'lake-reader', {
    ...{ provider, name: names.lakeReaderRole },
    description: 'Parapet: asks the data lake, and can change nothing in it',
    trust: lakeReaderTrust(place, configuration.organization.id),
    permissions: lakeReaderPermissions({ ...lake, key: keyArn }),
  });
  addQueries(scope, bucket, around);
  const found = Object.fromEntries(feeds);
  return { events: found.events ?? '', decisions: found.decisions ?? '' };
}

function addRows(scope: Construct, of: 'events' | 'decisions', around: Around): NodeFunction {
  const { provider, place, keyArn, configuration, guardrails, entries, outdir } = around;
  const name = names.lakeRows(of);
  const { organization } = deploymentOf(configuration);
  const context = rowContext(organization, [...guardrails.map(mapped), ENROLMENT]);
  return new NodeFunction(scope, `lake-rows-${of}`, {
    ...{ provider, keyArn, name, description: `makes rows of the lake of ${of}` },
    code: functionCode(scope, `code-lake-rows-${of}`, {
      ...{ name, entries, outdir, entry: `lake/${of}` },
      files: { 'lake.json': JSON.stringify(context) },
    }),
    trust: serviceTrust('lambda.amazonaws.com', place),
    permissions: lakeRowsPermissions(place, functionLogGroup(name)),
    timeoutSeconds: 120,
    memoryMegabytes: 512,
  });
}

function addQueries(scope: Construct, bucket: string, { provider, place, keyArn }: Around): void {
  const answers = names.lakeAnswers(place.account, place.region);
  new LakeQueries(scope, 'lake-queries', {
    ...{ provider, keyArn, queries: [...DEDUPLICATED_VIEWS, ...SAVED_QUERIES] },
    tables: GLUE_TABLES.map(({ name, classUid, columns }) => ({
      ...{ name, columns, description: DESCRIPTIONS[name] },
      location: `s3://${bucket}/class=${classUid}`,
    })),
    answers: { name: answers, policy: tlsOnlyPolicy(place, answers) },
  });
}

const DESCRIPTIONS = {
  decisions: 'One row for one judgement of one resource: OCSF 1.8, class 2003, Compliance Finding',
  events: 'One row for one API call in one account: OCSF 1.8, class 6003, API Activity',
} as const;
