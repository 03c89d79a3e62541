/** A step on the way to the paths of a pattern. */
export interface PathStep {
  readonly next: ReadonlyMap<string, PathStep>;
  /** The number of the path that ends here. */
  readonly path: number | undefined;
}

/** All paths of a pattern, numbered in their order; keys with dots are several steps. */
export interface Paths {
  readonly root: PathStep;
  readonly knowsEmpty: boolean;
}

interface Growing extends PathStep {
  readonly next: Map<string, Growing>;
  path: number | undefined;
}

const growing = (): Growing => ({ next: new Map(), path: undefined });

export function pathsOf(paths: readonly string[]): Paths {
  const root = growing();
  for (const [number, path] of paths.entries()) {
    let step = root;
    for (const key of path.split('.')) {
      const known = step.next.get(key);
      const next = known ?? growing();
      if (known === undefined) step.next.set(key, next);
      step = next;
    }
    step.path = number;
  }
  return { root, knowsEmpty: paths.some((path) => javaSplit(path).includes('')) };
}

/** The step a key of an event leads to, or undefined where no path goes on from there. */
export function follow(paths: Paths, from: PathStep, key: string): PathStep | undefined {
  if (key !== '' && !key.includes('.')) return from.next.get(key);
  // event-ruler skips keys no pattern uses, and its splitting forgets empty parts at the end.
  if (!paths.knowsEmpty && javaSplit(key).includes('')) return undefined;
  let step: PathStep | undefined = from;
  for (const part of key.split('.')) step = step?.next.get(part);
  return step;
}

function javaSplit(path: string): readonly string[] {
  const parts = path.split('.');
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return path !== '' && parts.length === 1 && parts[0] === '' ? [] : parts;
}
