import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Json } from '#core';
import type { DecisionSummary } from '#engine';
import { makeCall } from '#sandbox/calls';
import { asRoot } from '#sandbox/clients';
import { decisionWatch } from '#sandbox/decisions';
import { accountOf } from '#sandbox/drive';
import { principals } from '#sandbox/principals';
import { type Sandbox, sandboxIn } from '#sandbox/record';
import { strictFolder } from './folders';

/** Only the latency suite measures speed; a busy machine is no fault of what is tested. */
const PATIENCE_MS = 60_000;

/** What a suite has to do with a sandbox. */
export function worldIn(folder: string = strictFolder()) {
  const sandbox: Sandbox = sandboxIn(folder);
  const people = principals(sandbox);
  const watch = decisionWatch(sandbox);

  /** Makes calls as a developer of an account, who signed in as ana@example.com. */
  const developer = (account: string, region: string) => {
    const id = accountOf(sandbox, account);
    return async (operation: string, input: Json): Promise<unknown> => {
      const credentials = await people.keysOf(id, {
        role: 'Developer',
        session: 'ana@example.com',
      });
      return makeCall({ ...asRoot(sandbox, id, region), credentials }, operation, input);
    };
  };

  /** Waits for a decision on a resource that `isIt`. */
  const decided = (
    resource: string,
    isIt: (decision: DecisionSummary) => boolean = () => true,
  ): Promise<DecisionSummary> =>
    until(async () => {
      seen.push(...(await watch.fresh()));
      return seen.find((decision) => decision.resource === resource && isIt(decision));
    });
  const seen: DecisionSummary[] = [];

  return { sandbox, watch, people, developer, decided };
}

/** Asks again until there is an answer. */
export async function until<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  const start = Date.now();
  while (Date.now() - start < PATIENCE_MS) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    await setTimeout(25);
  }
  throw new Error(`nothing happened within ${PATIENCE_MS / 1000} seconds`);
}

/** A name that no other test has. */
export const uniqueName = (prefix: string): string => `${prefix}-${randomBytes(4).toString('hex')}`;
