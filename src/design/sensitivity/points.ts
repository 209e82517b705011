/** The points of a sensitivity design, as places in the unit cube of the parameters. */
import { ConfigError } from '../../core/errors.ts';
import { createRng } from '../../core/rng.ts';
import { latinHypercube } from '../../stats/designs/latin-hypercube.ts';
import { MOST_SOBOL_DIMENSIONS, sobolPoints } from '../../stats/designs/sobol-sequence.ts';
import type { SensitivityBlock } from '../../models/experiment.ts';

export type Place = ArrayLike<number>;

/**
 * Points of which indices can be read (A. Saltelli et al. 2010): samples A and B, and for each parameter AB_i, which is A
 * with that parameter from B. Places: all of A, all of B, then AB_1, AB_2, …, each `count` long.
 */
export interface IndexDesign {
  readonly count: number;
  readonly places: readonly Place[];
}

type Design = Pick<SensitivityBlock, 'design' | 'points'>;

/** Without indices: the points of the design as they are. Throws ConfigError, its path from the block. */
export function plainPlaces({ design, points }: Design, dimensions: number, seed: string): readonly Place[] {
  if (design === 'grid') return gridPlaces(points, dimensions);
  return evenPlaces(design, points, dimensions, seed);
}

/** Throws ConfigError, its path from the block. */
export function indexDesign(
  { design, points: count }: Design,
  dimensions: number,
  seed: string,
): IndexDesign {
  if (design === 'grid') throw new ConfigError(['indices'], 'a grid has none: take sobol or latin-hypercube');
  const both = evenPlaces(design, count, 2 * dimensions, seed);
  const a = both.map((place) => Array.from(place).slice(0, dimensions));
  const b = both.map((place) => Array.from(place).slice(dimensions));
  const mixed = Array.from({ length: dimensions }, (_, i) =>
    a.map((place, row) => place.map((value, d) => (d === i ? b[row]![d]! : value))),
  );
  return { count, places: [...a, ...b, ...mixed.flat()] };
}

function evenPlaces(
  design: 'sobol' | 'latin-hypercube',
  count: number,
  dimensions: number,
  seed: string,
): Float64Array[] {
  const rng = createRng(`${seed}/sensitivity`);
  if (design === 'latin-hypercube') return latinHypercube(count, dimensions, rng);
  if (dimensions > MOST_SOBOL_DIMENSIONS) {
    const what = `sobol has ${MOST_SOBOL_DIMENSIONS} dimensions, this needs ${dimensions}: take latin-hypercube`;
    throw new ConfigError(['design'], what);
  }
  return sobolPoints(count, dimensions, rng);
}

/** Most points of a grid. */
const MOST_POINTS = 100_000;

/** Every combination of `levels` values from end to end, the last parameter turning fastest. */
function gridPlaces(levels: number, dimensions: number): number[][] {
  let all: number[][] = [[]];
  for (let d = 0; d < dimensions; d++) {
    all = all.flatMap((place) => Array.from({ length: levels }, (_, i) => [...place, i / (levels - 1)]));
    if (all.length > MOST_POINTS)
      throw new ConfigError(['points'], `a grid of more than ${MOST_POINTS} points`);
  }
  return all;
}
