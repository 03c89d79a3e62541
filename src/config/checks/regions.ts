import { at, textAt } from '#core';
import { isOffEverywhere, modeEntries } from '../modes';
import { GLOBAL_REGION, REGIONS } from '../regions';
import { type Check, type Draft, mappingAt } from './draft';

const GOVERNED = ['regions', 'governed'];

function governedIn({ source }: Draft): readonly string[] | undefined {
  const found = at(source.value, ...GOVERNED);
  if (!Array.isArray(found) || found.length === 0) return undefined;
  return found.filter((region) => typeof region === 'string');
}

/** Home is governed, us-east-1 is governed, and none stands twice. */
export const regions: Check = (draft) => {
  const { source } = draft;
  const governed = governedIn(draft);
  if (governed === undefined) return [];
  const home = textAt(source.value, 'regions', 'home');
  const isKnown = REGIONS.some((region) => region === home);
  return [
    ...(home !== undefined && isKnown && !governed.includes(home)
      ? [
          source.atValue(
            ['regions', 'home'],
            `the home Region ${home} is not governed`,
            `add ${home} to regions.governed`,
          ),
        ]
      : []),
    ...(governed.includes(GLOBAL_REGION)
      ? []
      : [
          source.atValue(
            GOVERNED,
            `${GLOBAL_REGION} is not governed`,
            `add ${GLOBAL_REGION}: global services (IAM, Organizations, root sign-ins) are seen only there`,
          ),
        ]),
    ...governed.flatMap((region, i) =>
      governed.indexOf(region) < i
        ? [source.atValue([...GOVERNED, i], `${region} stands twice`, 'keep one of the two')]
        : [],
    ),
  ];
};

/** Every guardrail that is not off sees the Regions it needs. */
export const neededRegions: Check = (draft) => {
  const { source, guardrails, snapshot } = draft;
  const governed = governedIn(draft);
  if (governed === undefined) return [];
  const modes = modeEntries(mappingAt(draft, 'guardrails'));
  const accounts = (snapshot?.accounts ?? []).filter(({ status }) => status === 'ACTIVE');
  return guardrails
    .filter(({ id }) => !isOffEverywhere({ modes, accounts }, id))
    .flatMap(({ id, regions: needed = [] }) =>
      needed
        .filter((region) => !governed.includes(region) && region !== GLOBAL_REGION)
        .map((region) =>
          source.atValue(
            GOVERNED,
            `${id} is blind without ${region}`,
            `add ${region}, or set the mode of ${id} to off`,
          ),
        ),
    );
};

/** Control Tower's Region is one that the management account has. */
export const controlTowerRegion: Check = ({ source, snapshot }) => {
  const region = textAt(source.value, 'controlTower', 'homeRegion');
  const owner = snapshot?.accounts.find(({ id }) => id === snapshot.managementAccount);
  if (region === undefined || owner === undefined || owner.regions.includes(region)) return [];
  if (!REGIONS.some((known) => known === region)) return [];
  return [
    source.atValue(
      ['controlTower', 'homeRegion'],
      `${region} is not enabled in the management account`,
      "write Control Tower's home Region, or run `parapet org sync`",
    ),
  ];
};
