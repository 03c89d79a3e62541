import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGIONS } from '#config/regions';

/** The SDK exports functions over its table of partitions, but not the table. */
function regionsOfTheSdk(partition: string): readonly string[] {
  const file = join('node_modules', '@aws-sdk/core/dist-cjs/submodules/client/index.js');
  const table = /^const partitionsInfo = (\{.*?^\});/ms.exec(readFileSync(file, 'utf8'))?.[1];
  const { partitions } = JSON.parse(table ?? '{}') as {
    partitions: { id: string; regions: Record<string, unknown> }[];
  };
  const regions = Object.keys(partitions.find(({ id }) => id === partition)?.regions ?? {});
  return regions.filter((region) => !region.endsWith('-global')).toSorted();
}

test('the Regions are those that the SDK knows in the partition aws', () => {
  expect(REGIONS).toEqual(regionsOfTheSdk('aws'));
});
