import { paginateListServiceQuotas, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { Check } from './check';

/** Responders have a rule or more each on the one bus, and beside them stand those that feed the rest. */
const OTHERS = 12;
const EACH_GUARDRAIL = 1;

/** The rules that the security bus takes, as the account's own quota has it. */
export const ruleQuota: Check = {
  id: 'rules on the bus',
  permissions: ['servicequotas:ListServiceQuotas'],
  by: "the deployment's role in the security account",
  async look({ configuration: { parts, regions }, guardrails, access }) {
    const client = new ServiceQuotasClient(access(parts.security, regions.home));
    const wanted = guardrails.length * EACH_GUARDRAIL + OTHERS;
    for await (const page of paginateListServiceQuotas({ client }, { ServiceCode: 'events' }))
      for (const { QuotaName: name = '', Value: value } of page.Quotas ?? []) {
        if (!/^Number of rules\b/i.test(name) || value === undefined) continue;
        const found = `a bus in account ${parts.security}, ${regions.home}, takes ${value} rules; at most ${wanted} are wanted`;
        if (value >= wanted) return [{ level: 'ok', found }];
        return [
          {
            level: 'fail',
            found,
            remedy: `ask for more of the quota "${name}" in ${regions.home}`,
          },
        ];
      }
    return [
      {
        level: 'unknown',
        found: `Service Quotas in ${regions.home} has no number of rules for a bus`,
        remedy: 'look at https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html',
      },
    ];
  },
};
