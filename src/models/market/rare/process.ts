/**
 * A simulated market as a process to be split. It is looked at when the first shock begins and then at intervals, at the
 * latest at the end: a level counts as reached, and the event as happened, at the first look that finds it so.
 *
 * The event may be told by another score than the one that levels are of (levels of drawdown, though the event is a share of
 * positions liquidated): it is a last level above all of them.
 */
import type { RunKey } from '../../../core/seed.ts';
import type { Score } from '../../../sim/observe/scores/score.ts';
import { firstShock } from '../../../sim/scenario/scenario.ts';
import type { Simulation } from '../../../sim/simulation.ts';
import type { Venue } from '../../../sim/venue/venue.ts';
import { WorldProcess } from '../../rare/world-process.ts';

/** Score once the event has happened. */
const HAPPENED = Infinity;

/** Place in `memory`: 1 once the first look has been taken. */
const BEGUN = 1;

export interface RareMarket {
  /** What levels are of. */
  readonly score: Score;
  /** … and the event: it happens when this one is at `threshold`. */
  readonly event: Score;
  readonly threshold: number;
  /** Time between looks, µs. */
  readonly every_us: number;
  /** Key of the traders that all trajectories begin with; undefined: each draws its own. */
  readonly traders?: RunKey | undefined;
}

/** What a score keeps of a venue. */
interface Kept {
  readonly venue: Venue;
  readonly kept: Float64Array;
}

/** Of several venues the one that has gone furthest. */
function highest(score: Score, places: readonly Kept[]): number {
  let most = 0;
  for (const { venue, kept } of places) most = Math.max(most, score.now(venue, kept));
  return most;
}

export class MarketProcess extends WorldProcess {
  readonly #rare: RareMarket;
  readonly #from_us: number;
  readonly #scoreKept: readonly Kept[];
  readonly #eventKept: readonly Kept[];

  constructor(simulation: Simulation, rare: RareMarket) {
    const keeps = (score: Score): number =>
      simulation.venues.reduce((sum, { ledger }) => sum + score.keeps(ledger.instruments), 0);
    super(simulation, 1 + keeps(rare.score) + keeps(rare.event));
    this.#rare = rare;
    // Just before the shock's own event, as time is whole.
    this.#from_us = Math.max(0, (firstShock(simulation.scenario) ?? 0) - 1);
    let used = BEGUN + 1;
    const placesOf = (score: Score): Kept[] =>
      simulation.venues.map((venue) => {
        const kept = this.memory.subarray(used, (used += score.keeps(venue.ledger.instruments)));
        return { venue, kept };
      });
    this.#scoreKept = placesOf(rare.score);
    this.#eventKept = placesOf(rare.event);
  }

  override start(key: RunKey): void {
    const { traders } = this.#rare;
    super.start(traders ?? key);
    if (traders !== undefined) this.branch(key);
  }

  protected override goOn(): boolean {
    const { simulation, memory } = this;
    const { score, event, every_us } = this.#rare;
    if (memory[BEGUN] === 0) {
      simulation.run(this.#from_us);
      memory[BEGUN] = 1;
      for (const { venue, kept } of this.#scoreKept) score.begin(venue, kept);
      for (const { venue, kept } of this.#eventKept) event.begin(venue, kept);
      return true;
    }
    const { now } = simulation.queue;
    const until = simulation.scenario.until_us;
    if (now >= until) return false;
    simulation.run(Math.min(until, now + every_us));
    return true;
  }

  protected override look(): number {
    const { score, event, threshold } = this.#rare;
    if (highest(event, this.#eventKept) >= threshold) return HAPPENED;
    return highest(score, this.#scoreKept);
  }
}
