/**
 * Worlds just before the first shock. Cells that differ in what their shocks do alone have made the same up to there: it is made
 * once, and kept for as many runs as there is room for.
 */
import type { Simulation } from '../../sim/simulation.ts';
import type { MarketCell, MarketExperiment } from './file/compile.ts';
import { placedShocks } from './file/shocks.ts';

/** Most that a worker keeps. */
const MOST_BYTES = 128 * 1024 * 1024;

/** The same for cells whose runs are the same up to their first shock: of one policy, with shocks that begin when and where. */
export function pastOf(
  { shocks, venues, quantaPerUnit }: MarketExperiment,
  { policy, shock }: MarketCell,
): string {
  const placed = shocks[shock]!.shocks.flatMap((one) => placedShocks(one, venues, quantaPerUnit));
  return JSON.stringify([policy, ...placed.map(({ at_us, venue }) => [at_us, venue])]);
}

export class Pasts {
  readonly #byRun = new Map<number, Uint8Array>();
  readonly #most: number;

  /** Of worlds of so many bytes. */
  constructor(bytes: number) {
    this.#most = Math.floor(MOST_BYTES / bytes);
  }

  /** What is kept of a run; not to be written to. */
  of(run: number): Uint8Array | undefined {
    return this.#byRun.get(run);
  }

  /** Keeps the world as it is as the past of a run, in the place of the oldest one where there is no more room. */
  keep(run: number, simulation: Simulation): Uint8Array | undefined {
    if (this.#most === 0) return undefined;
    let place: Uint8Array | undefined;
    if (this.#byRun.size >= this.#most) {
      const [oldest] = this.#byRun.keys();
      place = this.#byRun.get(oldest!);
      this.#byRun.delete(oldest!);
    }
    const kept = simulation.save(place);
    this.#byRun.set(run, kept);
    return kept;
  }

  forget(): void {
    this.#byRun.clear();
  }
}
