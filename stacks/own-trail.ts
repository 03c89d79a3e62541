import type { Configuration } from '#config';
import { names } from '#core';
import type { TrailOwner } from '#policies/resources/archive-key-grants';
import { arns } from '#policies/resources/place';

/** The trail that Parapet makes. */
export interface OwnTrail extends TrailOwner {
  /** False beside an existing trail: then it records data events only. */
  readonly managementEvents: boolean;
  readonly dataOf: readonly string[];
}

/** Undefined where the existing trail is enough. */
export function ownTrailOf(configuration: Configuration): OwnTrail | undefined {
  const { partition, organization, parts, regions, trail } = configuration;
  const { create, dataEvents } = trail;
  if (!create && dataEvents.buckets.length === 0) return undefined;
  const place = { partition, account: parts.management, region: regions.home };
  return {
    organization: organization.id,
    management: parts.management,
    trailArn: arns.trail(place, names.trail),
    managementEvents: create,
    dataOf: dataEvents.buckets.map((bucket) => arns.bucket(place, bucket)),
  };
}
