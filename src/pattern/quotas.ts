/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html, "Number of rules" */
const RULES_PER_BUS: Readonly<Record<string, number>> = { 'af-south-1': 100, 'eu-south-1': 100 };

/** How many rules an event bus may have in a Region, unless the account's quota was raised. */
export const rulesPerBus = (region: string): number =>
  (Object.hasOwn(RULES_PER_BUS, region) ? RULES_PER_BUS[region] : undefined) ?? 300;
