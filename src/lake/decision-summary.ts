import { z } from 'zod';
import { Unmappable } from './errors';

const body = z.object({ sha256: z.string(), bytes: z.number().int().nonnegative() });

/** The detail of a decision's event on the bus: the engine's DecisionSummary. What later versions add is let through unread. */
const summary = z.object({
  id: z.string().min(1),
  guardrail: z.string().min(1),
  version: z.number().int(),
  account: z.string().regex(/^\d{12}$/),
  region: z.string(),
  ouPath: z.string(),
  resourceType: z.string(),
  resource: z.string().min(1),
  eventID: z.string(),
  cause: z.enum(['event', 'sweep', 'approval', 'undo', 'release']),
  call: z
    .object({ source: z.string(), name: z.string(), caller: z.string().exactOptional() })
    .exactOptional(),
  follows: z.string().exactOptional(),
  mode: z.enum(['off', 'observe', 'shadow', 'notify', 'approve', 'enforce']),
  modeFrom: z.string(),
  verdict: z.enum(['complies', 'violates', 'undetermined']),
  reason: z.string(),
  outcome: z.enum([
    ...['nothing', 'observed', 'shadowed', 'repaired', 'partly', 'failed', 'held', 'waived'],
    'undetermined',
  ] as const),
  because: z.string().exactOptional(),
  planned: z.array(z.string()),
  made: z.array(z.string()),
  calls: z.array(
    z.object({
      operation: z.string(),
      requestId: z.string(),
      at: z.string(),
      error: z.string().exactOptional(),
    }),
  ),
  before: z.string().exactOptional(),
  after: z.string().exactOptional(),
  at: z.record(z.string(), z.string()),
  body,
  event: body.exactOptional(),
});

export type ParsedSummary = z.infer<typeof summary>;

/** @throws Unmappable where it is no decision's summary, naming each place. */
export function parseSummary(detail: unknown): ParsedSummary {
  const parsed = summary.safeParse(detail);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Unmappable(`not the summary of a decision: ${places.join('; ')}`);
}
