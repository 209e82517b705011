// Draws from a seed for sampled scenarios.
import type { Rng } from '../../src/core/rng.ts';
import { createRng } from '../../src/core/rng.ts';
import type { InstrumentSpec } from '../../src/sim/scenario/scenario.ts';
import { QUANTA_PER_UNIT } from './by-hand.ts';
import { tickLotOf } from '../contracts/tick-lot.ts';

export const MS = 1000;
export const SECOND = 1_000_000;

export class Sampler {
  readonly #rng: Rng;

  constructor(seed: string) {
    this.#rng = createRng(`sampled scenario ${seed}`);
  }

  pick<T extends readonly unknown[]>(...options: T): T[number] {
    return options[this.#rng.below(options.length)];
  }

  whole(low: number, high: number): number {
    return low + this.#rng.below(high - low + 1);
  }

  /** Uniform in the logarithm, to four digits, so that it reads well. */
  scale(low: number, high: number): number {
    const exponent = Math.log(low) + this.#rng.uniform() * (Math.log(high) - Math.log(low));
    return Number(Math.exp(exponent).toPrecision(4));
  }

  chance(p: number): boolean {
    return this.#rng.chance(p);
  }
}
/** Units of money that so many lots are worth at the start. */
export function valueOf({ price, contract }: InstrumentSpec, lots: number): number {
  return (price * tickLotOf(contract) * lots) / QUANTA_PER_UNIT;
}
