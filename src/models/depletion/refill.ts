/** Joint laws of (bid queue, ask queue) just after a price move, in orders. */
import { InvariantError } from '../../core/errors.ts';
import type { Rng } from '../../core/rng.ts';

export type RefillLaw =
  /** Both queues uniform on least … most, independently. */
  | { readonly uniform: readonly [number, number] }
  /** Always the same two queues: [bid, ask]. */
  | { readonly fixed: readonly [number, number] }
  /** [bid, ask, weight]: each pair with a probability proportional to its weight. */
  | { readonly pairs: readonly (readonly [number, number, number])[] };

/** All pairs of a law, [bid, ask, weight]. */
export function pairsOf(law: RefillLaw): readonly (readonly [number, number, number])[] {
  if ('fixed' in law) return [[...law.fixed, 1]];
  if ('pairs' in law) return law.pairs;
  const [least, most] = law.uniform;
  const sizes = Array.from({ length: most - least + 1 }, (_, i) => least + i);
  return sizes.flatMap((bid) => sizes.map((ask) => [bid, ask, 1] as const));
}

/** Draws from a law; what was drawn is left in `bid` and `ask`. */
export interface Refill {
  bid: number;
  ask: number;
  draw(rng: Rng): void;
}

export function refillOf(law: RefillLaw): Refill {
  return 'uniform' in law ? new UniformRefill(law.uniform) : new WeightedRefill(pairsOf(law));
}

class UniformRefill implements Refill {
  bid = 0;
  ask = 0;
  private readonly least: number;
  private readonly sizes: number;

  constructor([least, most]: readonly [number, number]) {
    this.least = least;
    this.sizes = most - least + 1;
  }

  draw(rng: Rng): void {
    this.bid = this.least + rng.below(this.sizes);
    this.ask = this.least + rng.below(this.sizes);
  }
}

class WeightedRefill implements Refill {
  bid = 0;
  ask = 0;
  private readonly bids: Int32Array;
  private readonly asks: Int32Array;
  /** Weight of this pair and those before it. */
  private readonly upTo: Float64Array;

  constructor(pairs: readonly (readonly [number, number, number])[]) {
    this.bids = Int32Array.from(pairs, ([bid]) => bid);
    this.asks = Int32Array.from(pairs, ([, ask]) => ask);
    let sum = 0;
    this.upTo = Float64Array.from(pairs, ([, , weight]) => (sum += weight));
    if (!(sum > 0)) throw new InvariantError('a refill law needs a pair with a weight above 0');
  }

  draw(rng: Rng): void {
    const { upTo } = this;
    const last = upTo.length - 1;
    const target = rng.uniform53() * upTo[last]!;
    let i = 0;
    while (i < last && upTo[i]! <= target) i++;
    this.bid = this.bids[i]!;
    this.ask = this.asks[i]!;
  }
}
