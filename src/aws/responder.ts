import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type AnyGuardrail, type Deployment, names } from '#core';
import { type Engine, modeGate } from '#engine';
import { publishDecision } from './bus';
import { memberPorts } from './member';
import type { Sdk } from './sdk';
import { storePorts } from './store';

/** What a responder for one service is made of. */
export interface ResponderParts {
  readonly service: string;
  readonly guardrails: readonly AnyGuardrail[];
  readonly sdk: Sdk;
  readonly deployment: Deployment;
  readonly table: string;
  readonly bucket: string;
  readonly bus: string;
}

/** Longer than the function may run: a lease must outlive the run that holds it. */
const LEASE_MS = 60_000;

/** The engine of a responder, on real AWS clients. STS, as all, is asked in the own Region. */
export function responderEngine(parts: ResponderParts): Engine {
  const { service, guardrails, deployment, sdk } = parts;
  const { region } = deployment.security;
  const now = () => new Date();
  const events = new EventBridgeClient({ region });
  return {
    guardrails,
    deployment,
    leaseMs: LEASE_MS,
    ports: {
      ...memberPorts({
        ...{ partition: deployment.partition, service, guardrails, sdk, now },
        sts: new STSClient({ region }),
        reader: names.responder(service),
      }),
      ...storePorts({
        table: parts.table,
        bucket: parts.bucket,
        dynamo: DynamoDBDocumentClient.from(new DynamoDBClient({ region }), {
          marshallOptions: { removeUndefinedValues: true },
        }),
        s3: new S3Client({ region }),
        publish: (summary) => publishDecision(events, parts.bus, summary),
        now,
        sleep: (ms) => setTimeout(ms),
      }),
      now,
      gates: [modeGate],
    },
  };
}
