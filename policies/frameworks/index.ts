import type { Framework } from '#core';
import { cis } from './cis/index';
import { fsbp } from './fsbp';
import { nist80053 } from './nist-800-53-r5';
import { pci401 } from './pci-4.0.1';

/** Every framework that a report can be made for. */
export const frameworks: readonly Framework[] = [...cis, nist80053, pci401, fsbp];
