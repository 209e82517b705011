/**
 * The market of one maker and impatient takers of M. Avellaneda and S. Stoikov (Quantitative Finance 8 (2008) 217), in the real
 * book: in each step the maker looks at the middle (the index) and quotes a lot on each side; then a taker on each side comes
 * and pays up to its reach; then the middle moves.
 *
 *   reach R beyond the middle, P(R ≥ δ) = min(1, A·Δt·e^(−kδ)):  R = (ln(A·Δt) + E)/k,  E exponential with mean 1
 *
 * Distances and their exact consequences: stats/flow/market-maker.ts.
 */
import { log, log1p } from '../../core/maths.ts';
import { SECOND } from '../../core/units.ts';
import { FIRST_TRADER } from '../../clearing/schema.ts';
import { defineAgent, number } from '../../sim/agent/agent.ts';
import type { Scenario } from '../../sim/scenario/scenario.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { constant, emptyInstrument, plainMarket } from '../plain-market.ts';

export interface MarketMakerSettings {
  /** σ: standard deviation of the middle per √ of a unit of time. */
  readonly volatility: number;
  /** k: how fast fills become rarer with distance. */
  readonly decay: number;
  /** A: fills per unit of time at distance 0. */
  readonly intensity: number;
  /** γ: aversion to risk. */
  readonly aversion: number;
  /** T. */
  readonly horizon: number;
  /** N: steps in it. */
  readonly steps: number;
  /** Units of the middle in a tick. */
  readonly tick: number;
}

/** First middle, ticks: far from the ends of the price axis. */
const MIDDLE = 0x10000000;
/** A step of the model is a second of the engine: the middle at its start, the maker and the takers at these parts of it. */
const QUOTES_US = SECOND / 4;
const TAKES_US = SECOND / 2;

const maker = defineAgent({
  kind: 'maker-with-horizon',
  about:
    'Quotes a unit on each side until a horizon, leaning against what it holds by risk aversion and the time left.',
  params: {
    half: number(1, 'Half of the spread, ticks.'),
    widen: number(0, 'What is added to it per step that is left, ticks.'),
    lean: number(0, 'How far a lot held moves the quotes per step that is left, ticks.'),
    steps: number(1, 'Steps until the horizon.'),
  },
  wake(me, market) {
    const { time } = market;
    const step = Math.floor(time / SECOND) - 1;
    if (step < 0) return SECOND + QUOTES_US - time; // first wakes are spread over a second
    if (step >= me.steps) return Infinity;
    const left = me.steps - step;
    const centre = market.index - me.position * me.lean * left;
    const half = me.half + me.widen * left;
    market.cancelAll();
    const [bid, ask] = [Math.round(centre - half), Math.round(centre + half)];
    if (bid >= 1) market.limit(1, bid);
    if (ask >= 1) market.limit(-1, ask);
    return SECOND;
  },
});

const takers = defineAgent({
  kind: 'takers-with-reach',
  about: 'One buys and one sells a unit in each step, at prices up to a random distance from the middle.',
  params: {
    least: number(0, 'Least reach, ticks; less than 0 where some come for better prices only.'),
    mean: number(1, 'Mean reach beyond that, ticks.'),
    steps: number(1, 'Steps in which they come.'),
  },
  wake(me, market, rng) {
    const { time } = market;
    const step = Math.floor(time / SECOND) - 1;
    if (step < 0) return SECOND + TAKES_US - time;
    if (step >= me.steps) return Infinity;
    market.immediate(1, Math.floor(market.index + me.least + rng.exponential(me.mean)));
    const lowest = Math.ceil(market.index - me.least - rng.exponential(me.mean));
    if (lowest >= 1) market.immediate(-1, lowest);
    return SECOND;
  },
});

export type MakerStrategy = 'inventory' | 'symmetric';

export function marketMakerScenario(settings: MarketMakerSettings, strategy: MakerStrategy): Scenario {
  const { volatility, decay, intensity, aversion, horizon, steps, tick } = settings;
  const dt = horizon / steps;
  const leans = strategy === 'inventory';
  const risk = aversion * volatility * volatility;
  const group = (
    kind: typeof maker,
    params: Readonly<Record<string, number>>,
  ): Scenario['groups'][number] => ({
    name: kind.kind,
    kind,
    count: 1,
    instrument: 0,
    params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, constant(value)])),
  });
  return plainMarket({
    until_us: (steps + 1) * SECOND,
    instruments: [
      emptyInstrument(MIDDLE, {
        volatility: (volatility * Math.sqrt(dt)) / (MIDDLE * tick),
        every_us: SECOND,
      }),
    ],
    groups: [
      group(maker, {
        half: (log1p(aversion / decay) / aversion + (leans ? 0 : (risk * horizon) / 4)) / tick,
        widen: leans ? (risk * dt) / 2 / tick : 0,
        lean: leans ? (risk * dt) / tick : 0,
        steps,
      }),
      group(takers, { least: log(intensity * dt) / decay / tick, mean: 1 / decay / tick, steps }),
    ],
  });
}

/** What the maker has won, in units of the middle, with what it holds at the middle; and lots that it holds. */
export function makerResult(
  { only: { ledger, tables } }: Simulation,
  { tick }: MarketMakerSettings,
): { readonly profit: number; readonly inventory: number } {
  const inventory = ledger.position(FIRST_TRADER, 0);
  const cash = ledger.accounts.quote[FIRST_TRADER]!;
  return { profit: (cash + inventory * tables.prices.index[0]!) * tick, inventory };
}
