import { readFileSync } from 'node:fs';
import path from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { earlierDecision } from '#aws/earlier';
import { memberPorts } from '#aws/member';
import type { Sdk } from '#aws/sdk';
import { type AnyGuardrail, type Deployment, names, type Verdict } from '#core';
import { lookAgain } from '#engine';

/** The task of a state machine: a decision's summary in, the verdict of now out. */
export function looksAgain(bundle: {
  readonly guardrails: readonly AnyGuardrail[];
  readonly sdk: Sdk;
}) {
  const { guardrails, sdk } = bundle;
  const deployment: Deployment = JSON.parse(
    readFileSync(path.join(__dirname, 'deployment.json'), 'utf8'),
  );
  const { partition, security } = deployment;
  const s3 = new S3Client({});
  const { look } = memberPorts({
    ...{ partition, guardrails, sdk, service: '', reader: names.lookAgain },
    sts: new STSClient({ region: security.region }),
    now: () => new Date(),
  });

  return async (event: unknown): Promise<Verdict> => {
    const earlier = await earlierDecision(s3, process.env.PARAPET_BODIES_BUCKET ?? '', event);
    return lookAgain(earlier, { guardrails, deployment, look });
  };
}
