import { guardrails } from '#policies/guardrails/index';
import { type Twin, twinOf } from '#twin';
import { LOG_ARCHIVE, MANAGEMENT, SECURITY, SHOP } from '../stacks/organization';
import { synthesise } from '../stacks/synthesised';

/** An account that waits in the OU where quarantine is attached. */
export const NEWCOMER = '555555555555';

/** The synthesised deployment of the stacks' tests: protect binds the shop, quarantine the newcomer. */
export const twinOfTheStacks = (): Twin =>
  twinOf({
    outdir: synthesise({ guardrails }),
    guardrails,
    start: new Date('2026-01-01T09:00:00Z'),
    organization: {
      id: 'o-exampleorgid',
      managementAccount: MANAGEMENT,
      levels: new Map([
        [MANAGEMENT, ['r-exam', MANAGEMENT]],
        [SECURITY, ['r-exam', SECURITY]],
        [LOG_ARCHIVE, ['r-exam', LOG_ARCHIVE]],
        [SHOP, ['r-exam', 'ou-exam-workloads', SHOP]],
        [NEWCOMER, ['r-exam', 'ou-exam-newcomers', NEWCOMER]],
      ]),
      names: new Map([[MANAGEMENT, 'management']]),
    },
  });
