import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { bodyKey } from '#aws/bodies';
import type { Decision } from '#core';
import type { DecisionSummary } from '#engine';
import { asRoot } from './clients';
import { SandboxFailed } from './errors';
import type { Sandbox } from './record';

/** A decision as its body tells it: the event that caused it is a body of its own. */
export type Body = Omit<Decision, 'cause'>;

const ASK_AGAIN_MS = 100;
const LONGEST_MS = 60_000;
/** Nothing more comes: after the expected decisions, and where none is expected. */
const QUIET_MS = 300;
const LONG_QUIET_MS = 1500;
/** How much later than another a decision can come that was made before it. */
const LATE_MS = 60_000;

/** Reads the decisions of a sandbox, each once, from when it was made. */
export function decisionWatch(sandbox: Sandbox) {
  const { account, region } = sandbox.security;
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(asRoot(sandbox, account, region)));
  const s3 = new S3Client(asRoot(sandbox, account, region));
  const known = new Set<string>();
  let latest = 0;

  /** Those that were recorded since the last time, the oldest first. */
  const fresh = async (): Promise<readonly DecisionSummary[]> => {
    const found: DecisionSummary[] = [];
    const pages = paginateScan(
      { client: table },
      {
        TableName: sandbox.names.decisions,
        ConsistentRead: true,
        // What is known already would take the emulator most of its time to tell again.
        FilterExpression: '#state = :final AND #summary.#at.#recorded > :since',
        ExpressionAttributeNames: {
          ...{ '#state': 'state', '#summary': 'summary', '#at': 'at', '#recorded': 'recorded' },
        },
        ExpressionAttributeValues: {
          ...{ ':final': 'final', ':since': new Date(latest - LATE_MS).toISOString() },
        },
      },
    );
    for await (const { Items: items = [] } of pages)
      for (const { summary } of items) if (!known.has(summary.id)) found.push(summary);
    for (const { id } of found) known.add(id);
    const sorted = found.toSorted(byTime);
    const recorded = sorted.at(-1)?.at.recorded;
    if (recorded !== undefined) latest = Math.max(latest, Date.parse(recorded));
    return sorted;
  };

  return {
    fresh,

    /** Waits for that many decisions and a moment longer; gives up after a minute. */
    async settled(expected: number): Promise<readonly DecisionSummary[]> {
      const found: DecisionSummary[] = [];
      const start = Date.now();
      let last = start;
      const quiet = expected === 0 ? LONG_QUIET_MS : QUIET_MS;
      while (Date.now() - start < LONGEST_MS) {
        const more = await fresh();
        found.push(...more);
        if (more.length > 0) last = Date.now();
        if (found.length >= expected && Date.now() - last >= quiet) break;
        await setTimeout(ASK_AGAIN_MS);
      }
      return found;
    },

    async bodyOf({ id, body }: DecisionSummary): Promise<Body> {
      const { Body: stored } = await s3.send(
        new GetObjectCommand({ Bucket: sandbox.names.bodies, Key: bodyKey(body.sha256) }),
      );
      if (stored === undefined) throw new SandboxFailed(`decision ${id} has no body`);
      return JSON.parse(await stored.transformToString());
    },
  };
}

const byTime = (one: DecisionSummary, other: DecisionSummary): number =>
  (one.at.recorded ?? '').localeCompare(other.at.recorded ?? '') ||
  one.guardrail.localeCompare(other.guardrail);
