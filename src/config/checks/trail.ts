import { at, names, textAt } from '#core';
import type { Check, Draft } from './draft';

/** One trail makes management events, the organization's own, and it never records itself. */
export const trail: Check = (draft) => [...oneTrail(draft), ...owner(draft), ...buckets(draft)];

function oneTrail({ source }: Draft) {
  const isTwice =
    at(source.value, 'trail', 'create') === true &&
    at(source.value, 'trail', 'existing') !== undefined;
  if (!isTwice) return [];
  return [
    source.atKey(
      ['trail', 'create'],
      'two trails would record the same management events',
      'keep existing, or remove it and keep create: true',
    ),
  ];
}

function owner({ source, snapshot }: Draft) {
  const arn = textAt(source.value, 'trail', 'existing');
  const account = arn?.split(':')[4];
  if (snapshot === undefined || account === undefined || !/^\d{12}$/.test(account)) return [];
  if (account === snapshot.managementAccount) return [];
  return [
    source.atValue(
      ['trail', 'existing'],
      `the trail belongs to account ${account}`,
      `name the organization trail of the management account ${snapshot.managementAccount}`,
    ),
  ];
}

/** Each delivery would be a write that is delivered in turn. */
function buckets({ source }: Draft) {
  const found = at(source.value, 'trail', 'dataEvents', 'buckets');
  if (!Array.isArray(found)) return [];
  return found.flatMap((name: unknown, i) => {
    const path = ['trail', 'dataEvents', 'buckets', i];
    if (found.indexOf(name) < i)
      return [source.atValue(path, `the bucket ${name} stands twice`, 'keep one of the two')];
    if (typeof name !== 'string' || !name.startsWith(`${names.trail}-`)) return [];
    return [
      source.atValue(
        path,
        `${name} is where the records of writes go`,
        'remove it: each record of a write there would be a write in turn',
      ),
    ];
  });
}
