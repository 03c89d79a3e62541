import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { serviceOf } from '#core';
import type { Check } from './check';

/** The highest number of runs at once that a responder's event source asks for. */
const EACH_RESPONDER = 5;
/** For what else runs there: enrichment, the lake's rows, the SIEM forwarder. */
const OTHERS = 20;

/** A new account starts with 10, and then every burst is throttled. */
export const lambdaConcurrency: Check = {
  id: 'Lambda concurrency',
  permissions: ['lambda:GetAccountSettings'],
  by: "the deployment's role in the security account",
  async look({ configuration: { parts, regions }, guardrails, access }) {
    const client = new LambdaClient(access(parts.security, regions.home));
    const { AccountLimit: limit } = await client.send(new GetAccountSettingsCommand({}));
    const most = limit?.ConcurrentExecutions ?? 0;
    const free = limit?.UnreservedConcurrentExecutions ?? most;
    const services = new Set(guardrails.map(serviceOf)).size;
    const wanted = services * EACH_RESPONDER + OTHERS;
    const found = `Lambda in account ${parts.security}, ${regions.home}, runs ${free} functions at once; ${services} responders and the rest may want ${wanted}`;
    if (free >= wanted) return [{ level: 'ok', found }];
    return [
      {
        level: free < services ? 'fail' : 'warn',
        found,
        remedy: `ask for more: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000 --region ${regions.home}`,
      },
    ];
  },
};
