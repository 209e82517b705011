/**
 * The market's own clock with nobody in the market: everybody's activity, and the price on other venues whose variance it is.
 * What follows for returns is known exactly: stats/flow/subordinated.ts.
 */
import type { RunKey } from '../../core/seed.ts';
import { SECOND } from '../../core/units.ts';
import { Simulation } from '../../sim/simulation.ts';
import { emptyInstrument, plainMarket } from '../plain-market.ts';

export interface ActivityClockSettings {
  /** v: variance of the logarithm of activity. */
  readonly variance: number;
  /** T: relaxation time of each part, µs; the parts have equal variances. */
  readonly relaxation: readonly number[];
  /** Between steps of activity and price, µs. */
  readonly every: number;
  /** Over which returns are measured, µs: a whole number of steps. */
  readonly returns: number;
  /** µs. */
  readonly time: number;
}

/** First price, ticks: the index is a real number, so that only the ends of the axis matter. */
const PRICE = 0x10000000;
/** Standard deviation of all returns of a run together: far less than to the ends. */
const WHOLE = 0.05;

export class ActivityClock {
  readonly returns: Float64Array;
  private readonly settings: ActivityClockSettings;
  private readonly simulation: Simulation;

  constructor(settings: ActivityClockSettings) {
    const { variance, relaxation, every, returns, time } = settings;
    this.settings = settings;
    this.returns = new Float64Array(Math.floor(time / returns));
    const index = { volatility: WHOLE / Math.sqrt(time / SECOND), every_us: every };
    const part = { variance: variance / relaxation.length, anywhere: true };
    this.simulation = new Simulation(
      plainMarket({
        until_us: time,
        instruments: [emptyInstrument(PRICE, index)],
        groups: [],
        activity: { every_us: every, parts: relaxation.map((time_us) => ({ ...part, time_us })) },
      }),
    );
  }

  /** One run; `returns` holds its relative returns. */
  run(key: RunKey): void {
    const { simulation, returns } = this;
    const { index } = simulation.only.tables.prices;
    simulation.start(key);
    let before = index[0]!;
    for (let i = 0; i < returns.length; i++) {
      simulation.run((i + 1) * this.settings.returns);
      const now = index[0]!;
      returns[i] = now / before - 1;
      before = now;
    }
  }
}
