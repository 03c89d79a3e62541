import { guardrails } from '#policies/guardrails/index';
import { catalogue, hasCatalogue } from '../../support/catalogue';
import { measureForwarding } from '../../support/over-forwarding';
import { hasCorpus } from '../../support/recorded-events';

(hasCorpus && hasCatalogue ? describe : describe.skip)('of the recorded events', () => {
  test.each([
    ['the catalogue’s', catalogue(), 250],
    ['the installed guardrails’', guardrails, 50],
  ])('%s rules forward many, and at most one in twenty for nothing', (_, all, many) => {
    const { forwarded, needless } = measureForwarding(all.flatMap(({ triggers }) => triggers));

    expect(forwarded).toBeGreaterThan(many);
    expect(needless / forwarded).toBeLessThanOrEqual(0.05);
  });
});
