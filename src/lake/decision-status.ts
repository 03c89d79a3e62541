import type { Outcome } from '#core';
import type { DecisionRow } from './compliance-finding';

/** What an outcome is in OCSF's words. */
interface Standing {
  readonly activity: DecisionRow['activity_id'];
  readonly status: DecisionRow['status_id'];
  readonly action: 0 | 1 | 3 | 4;
  readonly disposition: number;
  /** 1 pass, 2 warning (OCSF: no result for lack of information), 3 fail. */
  readonly compliance: 1 | 2 | 3;
}

/**
 * Outcomes to OCSF's activity (2003), finding status, action and disposition (profile
 * security_control) and compliance status. A waived violation still fails its requirement: it is
 * suppressed, not passed. What could not be judged is a warning, never a pass.
 */
export const STANDINGS: Readonly<Record<Outcome, Standing>> = {
  nothing: { activity: 1, status: 4, action: 1, disposition: 1, compliance: 1 },
  observed: { activity: 1, status: 1, action: 3, disposition: 15, compliance: 3 },
  shadowed: { activity: 1, status: 1, action: 3, disposition: 17, compliance: 3 },
  waived: { activity: 1, status: 3, action: 1, disposition: 8, compliance: 3 },
  held: { activity: 2, status: 2, action: 3, disposition: 14, compliance: 3 },
  repaired: { activity: 3, status: 4, action: 4, disposition: 11, compliance: 1 },
  partly: { activity: 2, status: 2, action: 4, disposition: 12, compliance: 3 },
  failed: { activity: 2, status: 1, action: 3, disposition: 13, compliance: 3 },
  undetermined: { activity: 1, status: 1, action: 0, disposition: 27, compliance: 2 },
};

export const ACTIVITIES = { 1: 'Create', 2: 'Update', 3: 'Close' } as const;
export const STATUSES = { 1: 'New', 2: 'In Progress', 3: 'Suppressed', 4: 'Resolved' } as const;
export const ACTIONS = { 0: 'Unknown', 1: 'Allowed', 3: 'Observed', 4: 'Modified' } as const;
export const COMPLIANCE = { 1: 'Pass', 2: 'Warning', 3: 'Fail' } as const;
export const DISPOSITIONS: Readonly<Record<number, string>> = {
  1: 'Allowed',
  8: 'Approved',
  11: 'Corrected',
  12: 'Partially Corrected',
  13: 'Uncorrected',
  14: 'Delayed',
  15: 'Detected',
  17: 'Logged',
  19: 'Alert',
  27: 'Error',
};

/** Severities by Parapet's words; a guardrail that is no longer known has none. */
export const SEVERITIES = {
  unknown: { id: 0, caption: 'Unknown' },
  low: { id: 2, caption: 'Low' },
  medium: { id: 3, caption: 'Medium' },
  high: { id: 4, caption: 'High' },
  critical: { id: 5, caption: 'Critical' },
} as const;
