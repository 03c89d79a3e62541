import { isObject, type Json, textAt } from '#core';
import type { DecisionDetail } from '../decision-detail';
import type { Ask } from '../read/database';
import { by, moment, numberOrNone, type Row, severity, text, textOrNone } from './values';

/**
 * All that the lake says about the decisions of some moments, epoch milliseconds, in the order of
 * time and id. By the moments most of the lake is passed over.
 */
export async function detailsAt(
  ask: Ask,
  moments: readonly number[],
): Promise<readonly DecisionDetail[]> {
  if (moments.length === 0) return [];
  const rows = await ask(
    `SELECT * FROM decisions WHERE moment IN (${[...new Set(moments)].join(', ')})`,
  );
  return rows.map(detailOf).sort(
    by(
      ({ recorded }) => recorded,
      ({ id }) => id,
    ),
  );
}

function detailOf(row: Row): DecisionDetail {
  const { evidences } = row;
  const evidence = parsed(textOrNone(evidences));
  const named = (name: string) => evidence.filter((one) => textAt(one, 'name') === name);
  const [cause] = named('cause');
  const called = numberOrNone(row.called);
  const since = (later: unknown) => {
    const ms = numberOrNone(later);
    return ms === undefined || called === undefined || ms < called ? undefined : ms - called;
  };
  return {
    id: text(row.uid),
    recorded: moment(row.moment) ?? '',
    guardrail: text(row.guardrail),
    version: numberOrNone(row.version),
    severity: severity(row.severity),
    account: text(row.account),
    accountName: text(row.account_name),
    unit: text(row.unit),
    region: text(row.region),
    resource: text(row.resource),
    resourceType: text(row.resource_type),
    verdict: text(row.verdict),
    reason: text(row.reason),
    outcome: text(row.outcome),
    because: textOrNone(row.because),
    mode: text(row.mode),
    modeFrom: text(row.mode_from),
    cause: text(row.cause),
    causeId: text(row.cause_uid),
    follows: textOrNone(row.follows),
    call:
      cause === undefined
        ? undefined
        : {
            name: textAt(cause, 'api', 'operation') ?? '',
            source: textAt(cause, 'api', 'service', 'name') ?? '',
            caller: textAt(cause, 'actor', 'user', 'uid') ?? '',
          },
    planned: Array.isArray(row.planned) ? row.planned.map(String) : [],
    made: named('call').map((call) => ({
      operation: textAt(call, 'api', 'operation') ?? '',
      requestId: textAt(call, 'uid') ?? '',
      at: textAt(parsedAny(textAt(call, 'data')), 'at'),
      error: textAt(call, 'api', 'response', 'error'),
    })),
    before: textAt(named('before')[0], 'data'),
    after: textAt(named('after')[0], 'data'),
    called: moment(row.called),
    detectMs: since(row.looked ?? row.moment),
    repairMs: text(row.outcome) === 'repaired' ? since(row.acted) : undefined,
    sha256: textOrNone(row.body_sha256),
    eventSha256: textOrNone(row.event_sha256),
  };
}

const parsed = (json: string | undefined): readonly Json[] => {
  const found = parsedAny(json);
  return Array.isArray(found) ? found.filter(isObject) : [];
};

function parsedAny(json: string | undefined): Json | undefined {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}
