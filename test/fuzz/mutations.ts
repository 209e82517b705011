/** Which setting of which file gets which value: every setting once before any has its turn again. */
import { stringify } from 'yaml';
import { formatPath } from '../../src/core/errors.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Base, Path } from './bases.ts';
import { mutated, placesOf, valueAt } from './bases.ts';
import { nastyFor } from './nasty.ts';

export interface Mutation {
  readonly base: Base;
  readonly path: Path;
  readonly value: unknown;
  /** Instead of in the file it stands on the command line. */
  readonly sets: readonly string[];
}

/** One in so many is given by `--set`. */
const SETS = 5;
/** One in so many replaces a list or a map as a whole. */
const NODES = 8;

export function mutations(bases: readonly Base[], count: number, seed: string): Mutation[] {
  const rng = createRng(`fuzz ${seed}`);
  const shuffled = <T>(list: readonly T[]): T[] => {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = rng.below(i + 1);
      [copy[i], copy[j]] = [copy[j]!, copy[i]!];
    }
    return copy;
  };
  const places = bases.flatMap((base) => placesOf(base.tree, base.under).map((path) => ({ base, path })));
  const isNode = ({ base, path }: (typeof places)[number]): boolean =>
    typeof valueAt(base.tree, path) === 'object';
  const scalars = places.filter((place) => !isNode(place));
  const nodes = places.filter(isNode);
  const made: Mutation[] = [];
  let turn: (typeof places)[number][] = [];
  while (made.length < count) {
    if (turn.length === 0) turn = shuffled(scalars);
    const { base, path } = rng.below(NODES) === 0 ? nodes[rng.below(nodes.length)]! : turn.pop()!;
    const value = nastyFor(valueAt(base.tree, path), rng.uniform(), rng.uniform());
    const bySet =
      rng.below(SETS) === 0 && path.every((key) => typeof key === 'number' || /^[\w-]+$/.test(key));
    const sets = bySet ? [`${formatPath(path)}=${stringify(value, { collectionStyle: 'flow' }).trim()}`] : [];
    made.push({ base, path, value, sets });
  }
  return made;
}

/** The mutated file. */
export function textOf({ base, path, value, sets }: Mutation): string {
  const own = sets.length > 0 ? valueAt(base.tree, path) : value;
  return stringify(mutated(base.tree, path, own), { aliasDuplicateObjects: false });
}
