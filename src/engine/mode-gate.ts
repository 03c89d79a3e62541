import type { Gate } from './ports';

/** Lets only 'enforce' through; the plan of the other modes stays a plan. */
export const modeGate: Gate = async ({ mode }) => {
  switch (mode) {
    case 'enforce':
      return { go: true };
    case 'shadow':
      return { go: false, outcome: 'shadowed', reason: 'the mode is shadow' };
    case 'off':
    case 'observe':
      return { go: false, outcome: 'observed', reason: `the mode is ${mode}` };
    case 'notify':
    case 'approve':
      return { go: false, outcome: 'held', reason: `the mode ${mode} is not built yet` };
  }
};
