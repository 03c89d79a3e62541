import { at, isObject, type Json, textAt } from '#core';
import { absent, type Effect, found, refused } from './effect';
import { put } from './state';

/** A trail as the twin keeps it, in its home Region. */
interface Trail {
  readonly bucket: string;
  readonly isMultiRegion: boolean;
  readonly logs: boolean;
}

/** A trail is named by its name or its ARN. */
const nameIn = (input: Json): string => (textAt(input, 'Name') ?? '').split('/').at(-1) ?? '';

const trailIn = (world: Json, region: string, name: string): Trail | undefined =>
  at(world, 'cloudtrail', region, name) as Trail | undefined;

/** The trail as CloudTrail describes it. */
const described = (
  { bucket, isMultiRegion }: Trail,
  name: string,
  { account, region }: { readonly account: string; readonly region: string },
) => ({
  Name: name,
  S3BucketName: bucket,
  IncludeGlobalServiceEvents: true,
  IsMultiRegionTrail: isMultiRegion,
  TrailARN: `arn:aws:cloudtrail:${region}:${account}:trail/${name}`,
  LogFileValidationEnabled: false,
  IsOrganizationTrail: false,
});

/** Changes a trail, or deletes it where `change` gives nothing. */
const changing =
  (change: (trail: Trail) => Trail | undefined): Effect =>
  (world, { input, on }) => {
    const name = nameIn(input);
    const trail = trailIn(world, on.region, name);
    if (!trail) return { world, answer: refused('TrailNotFoundException') };
    const path = ['cloudtrail', on.region, name];
    return { world: put(world, path, change(trail)), answer: found() };
  };

/** The calls on trails that guardrails and scenarios make. A new trail does not log yet. */
export const cloudtrailEffects: Readonly<Record<string, Effect>> = {
  'cloudtrail:CreateTrail': (world, { input, on }) => {
    const name = nameIn(input);
    const bucket = textAt(input, 'S3BucketName') ?? '';
    if (trailIn(world, on.region, name))
      return { world, answer: refused('TrailAlreadyExistsException') };
    if (!isObject(at(world, 's3', bucket)))
      return { world, answer: refused('S3BucketDoesNotExistException') };
    const isMultiRegion = at(input, 'IsMultiRegionTrail') === true;
    const trail: Trail = { bucket, isMultiRegion, logs: false };
    return {
      world: put(world, ['cloudtrail', on.region, name], trail),
      answer: found(described(trail, name, on)),
    };
  },
  'cloudtrail:StartLogging': changing((trail) => ({ ...trail, logs: true })),
  'cloudtrail:StopLogging': changing((trail) => ({ ...trail, logs: false })),
  'cloudtrail:DeleteTrail': changing(() => undefined),
  'cloudtrail:GetTrail': (world, { input, on }) => {
    const name = nameIn(input);
    const trail = trailIn(world, on.region, name);
    if (!trail) return { world, answer: absent };
    return {
      world,
      answer: found({ Trail: { ...described(trail, name, on), HomeRegion: on.region } }),
    };
  },
  'cloudtrail:GetTrailStatus': (world, { input, on }) => {
    const trail = trailIn(world, on.region, nameIn(input));
    return { world, answer: trail ? found({ IsLogging: trail.logs }) : absent };
  },
};
