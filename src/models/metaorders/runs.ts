/**
 * Metaorders one at a time in the lab: executors that split, a maker at the touch, and the belief that the market reads from
 * its trades, all of them those of any experiment. A metaorder of L orders of one lot moves the price by impact · L^δ for good,
 * as its orders come within the memory of the flow; the next one begins long after.
 * What is known of it: wholeParetoDiffusion of stats/flow/splitters.ts.
 */
import { agentKinds } from '../agent-kinds.ts';
import { keyOfRun } from '../../core/seed.ts';
import { MINUTE, SECOND } from '../../core/units.ts';
import type { GroupSpec, Scenario } from '../../sim/scenario/scenario.ts';
import { constant, emptyInstrument, plainMarket } from '../plain-market.ts';
import { Simulation } from '../../sim/simulation.ts';
import { autocorrelation } from '../../stats/intervals/autocorrelation.ts';
import { meanInterval } from '../../stats/intervals/mean.ts';
import { quantileInterval } from '../../stats/intervals/quantile.ts';
import type { MetaordersExperiment } from './file.ts';
import type { Model } from '../model.ts';
import { RUN, real } from '../columns.ts';

type Settings = MetaordersExperiment['metaorders'];

/** Price at the start, ticks; the least move is a hundred of them. */
const PRICE = 10_000_000;
/** Time between the orders of a metaorder, µs. */
const GAP_US = 10;
/** The maker looks so many times between two metaorders, on average. */
const LOOKS = 4;
/** Metaorders in a stretch over which the price's change is taken, and in a long one. */
const SHORT = 10;
const LONG = 100;
/** More than any quantity here. */
const PLENTY = 1e14;

/** Squared changes of the price and signs of orders, as a run goes on. */
class Tape {
  readonly signs: number[] = [];
  short = 0;
  long = 0;
}

export const metaorders: Model<MetaordersExperiment> = {
  name: 'metaorders',
  tables: [
    {
      name: 'runs',
      about: 'One run a row.',
      columns: [
        RUN,
        real('orders', 'orders', 'Market orders that traded.'),
        real(
          'variance',
          'impact²',
          `Squared changes of the price over times of ${SHORT} metaorders, per order.`,
        ),
        real('variance_long', 'impact²', `The same over times of ${LONG} metaorders.`),
        real('signs_1', '', 'Autocorrelation of order signs at lag 1.'),
        real('signs_10', '', 'The same at lag 10.'),
      ],
    },
  ],
  cells: () => [{ labels: {} }],
  prepare(experiment) {
    const settings = experiment.metaorders;
    const simulation = new Simulation(scenarioOf(settings));
    return {
      run(run, record) {
        simulation.start(keyOfRun(experiment.seed, run));
        const { signs, short, long } = watch(simulation, settings);
        simulation.assertConserved();
        const unit = settings.impact * settings.impact * signs.length;
        record('runs', [
          run,
          signs.length,
          short / unit,
          long / unit,
          autocorrelation(signs, 1),
          autocorrelation(signs, 10),
        ]);
      },
    };
  },
  summarise(_experiment, cells) {
    const runs = cells[0]!;
    return {
      cells: [
        {
          labels: {},
          runs: runs['run']!.length,
          metrics: {
            orders: meanInterval(runs['orders']!),
            variance: quantileInterval(runs['variance']!, 0.5),
            variance_long: quantileInterval(runs['variance_long']!, 0.5),
            signs_1: meanInterval(runs['signs_1']!),
            signs_10: meanInterval(runs['signs_10']!),
          },
        },
      ],
      comparisons: [],
    };
  },
};

/** Runs a started world to its end. */
function watch(simulation: Simulation, { metaorders: count, memory }: Settings): Tape {
  const tape = new Tape();
  const { book } = simulation.only;
  const stretch = SHORT * restOf(memory);
  const stretches = Math.ceil(count / SHORT);
  const middle = (): number => (book.bestBid(0) + book.bestAsk(0)) / 2;
  const begin = SECOND + 2 * stretch; // the maker is there: first wakes are spread over a second
  simulation.run(begin);
  let [before, longBefore] = [middle(), middle()];
  let seen = book.fills.count;
  for (let i = 1; i <= stretches; i++) {
    while (simulation.step(begin + i * stretch)) {
      for (; seen < book.fills.count; seen++) {
        const { sweeps } = book.fills;
        tape.signs.push(sweeps.side(book.fills.sweepOf(seen)) === 0 ? 1 : -1);
      }
    }
    const now = middle();
    tape.short += square(now / before - 1);
    before = now;
    if (i % (LONG / SHORT) !== 0) continue;
    tape.long += square(now / longBefore - 1);
    longBefore = now;
  }
  return tape;
}

/**
 * Mean time between metaorders, µs: so long that what one has told is forgotten. What is left makes the next one move the price
 * less if it goes on, and more if it goes back: about 2/(1 + 2000 δ) of the variance is missing.
 */
function restOf(memory: number): number {
  return 2000 * memory;
}

function scenarioOf({ tail, exponent, impact, memory, metaorders: count }: Settings): Scenario {
  const rest = restOf(memory);
  const look = Math.round(rest / LOOKS);
  return plainMarket({
    until_us: SECOND + (2 * SHORT + count + SHORT) * rest,
    instruments: [
      {
        ...emptyInstrument(PRICE, { volatility: 0, every_us: look }),
        flow: {
          impact,
          of_lots: 1,
          exponent,
          memory_us: memory,
          fades: [],
          stale_ticks: PRICE,
          yields_us: PLENTY,
          anchor_us: MINUTE,
          calms_us: SECOND,
        },
      },
    ],
    groups: [
      groupOf('metaorder', { gap: GAP_US, size: 0, spread: 0, least: 1, tail, longest: 1e6, rest }),
      groupOf('touch-maker', {
        every: look,
        size: 1e6 * PRICE, // lots for the longest
        tolerance: 0,
        limit: PLENTY,
        lean: 0,
        closes: rest,
        cost: 0,
        withdraw_above: PLENTY,
        capital: PLENTY,
        loss_limit: 1,
      }),
    ],
  });
}

/** One trader of a kind of this package. */
function groupOf(name: string, params: Readonly<Record<string, number>>): GroupSpec {
  const kind = agentKinds.get(name);
  const defaults = Object.fromEntries(kind.paramNames.map((param) => [param, constant(0)]));
  const own = Object.fromEntries(Object.entries(params).map(([param, value]) => [param, constant(value)]));
  return { name, kind, count: 1, instrument: 0, params: { ...defaults, ...own } };
}

const square = (x: number): number => x * x;
