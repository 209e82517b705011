/**
 * Liquidity absorption capacity of a market: sales of different sizes from one state before the shock, on one continuation
 * of its luck, until the smallest is found that the market does not take.
 *
 * A sale of N lots goes to market in equal orders, one a second, over a window. It is taken if all of it found a buyer, the
 * traded price never fell by more than `drop` below the middle of the book at its beginning, and no liquidated account left
 * a loss beyond its collateral (so that the insurance fund stays unspent), all of that until `settle` after its end. The
 * experiment's own shocks do not happen.
 */
import { SHOCK as SHOCK_ACCOUNT } from '../../clearing/schema.ts';
import type { RunKey } from '../../core/seed.ts';
import { SECOND } from '../../core/units.ts';
import { takeBackShocks } from '../../sim/forks/forking.ts';
import { liquidationMap } from '../../sim/observe/liquidation-map.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { Venue } from '../../sim/venue/venue.ts';
import type { Critical } from '../../stats/cascade/absorption.ts';
import { smallestFailure } from '../../stats/cascade/absorption.ts';
import type { AbsorptionSettings } from './file/absorption.ts';

const INSTRUMENT = 0;
/** The search begins well below the depth of the book within the drop, and each step is half as large again. */
const FIRST_OF_DEPTH = 0.25;
const STEP = 1.5;
const MOST_STEPS = 40;

export class Absorption {
  readonly #settings: AbsorptionSettings;
  readonly #simulation: Simulation;
  readonly #venue: Venue;
  readonly #snapshot: Uint8Array;

  /** `venue`: where the sales are made. `snapshot`: a state of that simulation's world before the shock. */
  constructor(settings: AbsorptionSettings, simulation: Simulation, venue: number, snapshot: Uint8Array) {
    this.#settings = settings;
    this.#simulation = simulation;
    this.#venue = simulation.venues[venue]!;
    this.#snapshot = snapshot;
  }

  /** The critical sale over a window (µs) on the luck that follows from a key; its sizes in quanta. */
  critical(window_us: number, key: RunKey): Critical {
    const value = this.#begin(key);
    const { low, high, looks, from, to } = smallestFailure((lots) => this.#fails(lots, window_us, key), {
      first: Math.max(1, Math.round((FIRST_OF_DEPTH * this.#depth()) / value)),
      step: STEP,
      precision: this.#settings.precision,
      most: MOST_STEPS,
    });
    return { low: low * value, high: high * value, looks, from: from * value, to: to * value };
  }

  /** The market just before the sale. Returns the value of one lot, quanta. */
  #begin(key: RunKey): number {
    const simulation = this.#simulation;
    simulation.load(this.#snapshot);
    takeBackShocks(simulation);
    simulation.branch(key);
    simulation.noteReference();
    const { tables, ledger } = this.#venue;
    const price = tables.prices.reference[INSTRUMENT]!;
    return ledger.contracts.notional(INSTRUMENT, 1, price);
  }

  #fails(lots: number, window_us: number, key: RunKey): boolean {
    const simulation = this.#simulation;
    this.#begin(key);
    const { ledger, queue, house, commands } = this.#venue;
    const start = queue.now;
    const held = ledger.position(SHOCK_ACCOUNT, INSTRUMENT);
    const first = house.liquidationCount;
    const slices = Math.max(1, Math.ceil(window_us / SECOND));
    const end = start + window_us + this.#settings.settle_us;
    let sold = 0;
    for (let n = 0; start + n * SECOND < end; n++) {
      if (n < slices) {
        const due = Math.round((lots * (n + 1)) / slices);
        if (due > sold) commands.market(SHOCK_ACCOUNT, INSTRUMENT, sold - due, 0);
        sold = due;
      }
      simulation.run(Math.min(end, start + (n + 1) * SECOND));
      if (this.#isBroken(first)) return true;
    }
    return ledger.position(SHOCK_ACCOUNT, INSTRUMENT) !== held - lots;
  }

  /** The price has fallen too far, or an account left a loss. */
  #isBroken(first: number): boolean {
    const { tables, house } = this.#venue;
    const { reference, low } = tables.prices;
    if (low[INSTRUMENT]! < reference[INSTRUMENT]! * (1 - this.#settings.drop)) return true;
    const { insured, shared, written_off } = house.liquidations;
    for (let row = first; row < house.liquidationCount; row++) {
      if (insured[row]! + shared[row]! + written_off[row]! > 0) return true;
    }
    return false;
  }

  /** Value of the orders to buy within the drop, quanta. */
  #depth(): number {
    const within = Math.max(1, 100 * this.#settings.drop);
    return liquidationMap(this.#venue)
      .filter(
        ({ instrument, side, percent }) => instrument === INSTRUMENT && side === 'below' && percent <= within,
      )
      .reduce((sum, { depth }) => sum + depth, 0);
  }
}
