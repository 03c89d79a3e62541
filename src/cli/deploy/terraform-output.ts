import { z } from 'zod';

/** How many resources an action adds, changes and destroys; one that is replaced is added and destroyed. */
export interface Counts {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
}

export const NOTHING: Counts = { add: 0, change: 0, destroy: 0 };

/** What a run of Terraform with `-json` told. */
export interface Told {
  readonly counts: Counts;
  /** `delete aws_sqs_queue.x`, sorted. */
  readonly planned: readonly string[];
  /** One text for each error. */
  readonly errors: readonly string[];
}

// https://developer.hashicorp.com/terraform/internals/machine-readable-ui
const message = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('planned_change'),
    change: z.object({ action: z.string(), resource: z.object({ addr: z.string() }) }),
  }),
  z.object({
    type: z.literal('change_summary'),
    changes: z.object({ add: z.number(), change: z.number(), remove: z.number() }),
  }),
  z.object({
    type: z.literal('diagnostic'),
    diagnostic: z.object({
      severity: z.string(),
      summary: z.string(),
      detail: z.string().optional(),
      address: z.string().optional(),
    }),
  }),
]);

/**
 * Reads Terraform's machine-readable output. Lines that are no JSON (warnings about its own
 * configuration come so) and messages of other types say nothing here.
 */
export function readOutput(text: string): Told {
  let counts = NOTHING;
  const planned: string[] = [];
  const errors: string[] = [];
  for (const line of text.split('\n')) {
    const { data } = message.safeParse(jsonOf(line));
    if (data?.type === 'planned_change')
      planned.push(`${data.change.action} ${data.change.resource.addr}`);
    if (data?.type === 'change_summary')
      counts = {
        add: data.changes.add,
        change: data.changes.change,
        destroy: data.changes.remove,
      };
    if (data?.type === 'diagnostic' && data.diagnostic.severity === 'error') {
      const { summary, detail, address } = data.diagnostic;
      errors.push(
        [address, summary, detail].filter((part) => part !== undefined && part !== '').join(': '),
      );
    }
  }
  return { counts, planned: planned.toSorted(), errors };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
