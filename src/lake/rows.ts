import type { EventRow } from './api-activity';
import type { DecisionRow } from './compliance-finding';

/**
 * The two rows of the lake, as they stand in NDJSON and in Parquet alike. Names, types and
 * numbers are OCSF 1.8's (https://schema.ocsf.io, Apache-2.0); what OCSF has no place for stands
 * under `unmapped`. All times are epoch milliseconds, but those named `…_dt`, which are RFC 3339.
 * An attribute that has no value is absent in NDJSON and null in Parquet.
 */
export type LakeRow = DecisionRow | EventRow;

export const DECISION_CLASS = 2003 as const;
export const EVENT_CLASS = 6003 as const;
export const OCSF_VERSION = '1.8.0';
