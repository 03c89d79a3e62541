import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DECISION_DETAIL_TYPE, DECISION_SOURCE } from '#core';
import type { DecisionSummary } from '#engine';

/**
 * Puts a decision on the bus.
 * @throws Error where the bus refuses it: PutEvents tells that in its answer, not by failing.
 */
export async function publishDecision(
  client: EventBridgeClient,
  bus: string,
  summary: DecisionSummary,
): Promise<void> {
  const { Entries: entries = [] } = await client.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: bus,
          Source: DECISION_SOURCE,
          DetailType: DECISION_DETAIL_TYPE,
          Resources: [summary.resource],
          Detail: JSON.stringify(summary),
        },
      ],
    }),
  );
  const [entry] = entries;
  if (entry?.ErrorCode)
    throw new Error(`the bus refused the decision: ${entry.ErrorCode} ${entry.ErrorMessage ?? ''}`);
}
