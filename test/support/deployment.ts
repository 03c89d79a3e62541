import type { Deployment } from '#core';

/** An organization of one member account, with everything in the given mode. */
export const deployment = (changes: Partial<Deployment> = {}): Deployment => ({
  partition: 'aws',
  organization: {
    id: 'o-example1234',
    accounts: {
      '111111111111': { name: 'management', kind: 'management', ouPath: '/' },
      '222222222222': { name: 'security', kind: 'security', ouPath: '/Security' },
      '444444444444': { name: 'orders-prod', kind: 'member', ouPath: '/Workloads/Prod' },
    },
  },
  security: { account: '222222222222', region: 'us-east-1' },
  governed: ['us-east-1', 'eu-west-1'],
  modes: [{ guardrail: '*', on: '/', mode: 'enforce' }],
  settings: {},
  ...changes,
});
