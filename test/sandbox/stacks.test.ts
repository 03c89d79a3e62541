import { difference, stackIds } from '#sandbox/deploy';
import { placesIn } from '#sandbox/folder';
import { worldIn } from './world';

const { sandbox } = worldIn();
const deployment = {
  places: placesIn(sandbox.folder),
  endpoint: sandbox.endpoint,
  management: sandbox.management,
  environment: process.env,
};
const ids = stackIds(deployment.places);

test('all stacks are there: the parts of the platform, and one for each account', () => {
  const members = Object.values(sandbox.accounts).map((id) => `member-${id}`);

  expect(ids).toEqual([...members, 'log-archive', 'management', 'security'].toSorted());
});

test('a second plan is empty for every stack', async () => {
  const waiting = ids.values();
  const found: Record<string, string | undefined> = {};
  const plan = async () => {
    for (const id of waiting) found[id] = await difference(id, deployment);
  };

  // As many at once as there are cores.
  await Promise.all([plan(), plan()]);

  expect(found).toEqual(Object.fromEntries(ids.map((id) => [id, undefined])));
}, 600_000);
