import { Logger } from '@aws-lambda-powertools/logger';
import { STSClient } from '@aws-sdk/client-sts';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { importFindings, securityHubIn } from '#aws/findings';
import { ENROLMENT } from '#core';
import type { DecisionSummary } from '#engine';
import { mapped } from '#policies/frameworks/mapped';
import { guardrails } from '#policies/guardrails/index';
import { type Finding, findingOf } from '#report/finding';

const PARTITION = 'aws';

const facts = new Map([...guardrails.map(mapped), ENROLMENT].map((one) => [one.id, one]));
const logger = new Logger({ serviceName: 'security-hub' });
const clientIn = securityHubIn(PARTITION, new STSClient({}));

/** Decisions in, findings to Security Hub; what it did not take is tried again. */
export async function handler({ Records: records }: SQSEvent): Promise<SQSBatchResponse> {
  const read = records.map(({ messageId: message, body }) => ({
    message,
    finding: findingIn(body),
  }));
  const failed = new Map(
    await importFindings(
      read.flatMap(({ message, finding }) => (finding === undefined ? [] : [{ message, finding }])),
      clientIn,
    ),
  );
  for (const { message, finding } of read)
    if (finding === undefined) failed.set(message, 'it holds no decision');
  for (const [message, reason] of failed) logger.error('not taken', { message, reason });
  return { batchItemFailures: [...failed.keys()].map((itemIdentifier) => ({ itemIdentifier })) };
}

function findingIn(body: string): Finding | undefined {
  try {
    const decision = ownedBy(JSON.parse(body).detail);
    return findingOf(decision, { partition: PARTITION, facts: facts.get(decision.guardrail) });
  } catch {
    return undefined;
  }
}

/** An account that is not enrolled lets nobody in: the finding is of its owner, the management account. */
const ownedBy = (decision: DecisionSummary): DecisionSummary =>
  decision.guardrail === ENROLMENT.id
    ? { ...decision, account: decision.resource.split(':')[4] ?? decision.account }
    : decision;
