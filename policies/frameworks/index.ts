import type { Framework } from '#core';
import { cis3 } from './cis-3.0';
import { cis5 } from './cis-5.0';
import { cis7 } from './cis-7.0';
import { fsbp } from './fsbp';
import { nist80053 } from './nist-800-53-r5';
import { pci401 } from './pci-4.0.1';

/** Every framework that a report can be made for. */
export const frameworks: readonly Framework[] = [cis3, cis5, cis7, nist80053, pci401, fsbp];
