import type { World } from './session';

/**
 * What asks AWS.
 * @throws Error where this run has none, which is a fault of whoever made it
 */
export function awsOf({ aws }: Pick<World, 'aws'>): Promise<typeof import('./aws')> {
  if (aws === undefined) throw new Error('AWS is not to be asked');
  return aws();
}
