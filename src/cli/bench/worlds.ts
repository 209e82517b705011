/** Worlds of experiments/bench.yaml as the bench runs them: its first policy and first shock. */
import { fileURLToPath } from 'node:url';
import { expandSeed } from '../../core/seed.ts';
import { cells, compileScenario, readExperiment } from '../../models/experiment.ts';
import { defineAgent, rate } from '../../sim/agent/agent.ts';
import type { GroupSpec } from '../../sim/scenario/scenario.ts';
import { Simulation } from '../../sim/simulation.ts';

/** From dist/src/cli/bench, where this runs. */
export const FILE = fileURLToPath(new URL('../../../../experiments/bench.yaml', import.meta.url));

const CALIBRATED = fileURLToPath(new URL('../../../../experiments/lcst.yaml', import.meta.url));

/** The groups of the file that the bench changes. */
const LONGS = 'population[4]';
const SHORTS = 'population[5]';

/** A shock so late that no measurement meets it. */
export const CALM: readonly string[] = ['until=2000 s', 'shock.at=1999 s', 'shock.over=1 s'];

/** The one key of all measurements, so that each repetition is the same work. */
export const KEY = expandSeed('bench/0');

/** Leveraged accounts that only hold: 60 % long, 40 % short, as in the file; together they hold as much. */
export function holders(count: number): string[] {
  const longs = Math.round(count * 0.6);
  return [`${LONGS}.count=${longs}`, `${SHORTS}.count=${count - longs}`];
}

/** Other venues' price hardly moves: else more accounts mean more liquidations, which is other work. */
export const QUIET: readonly string[] = ['market.instruments[0].index.volatility=5 % per year'];

/** Turns of all flippers together per second of the market, however many they are. */
const FLIPS = 500;

/**
 * Leveraged accounts that trade: at each turn one of them, each equally likely, buys a lot or sells the one it has. So the
 * work of an event is the same however many there are, and the difference is what reaching for a random account costs.
 */
const flipper = defineAgent({
  kind: 'flipper',
  about: 'Buys one lot, sells it again; half of them start with one.',
  margined: true,
  clock: 'shared',
  params: { rate: rate('1 per s', 'Turns of one of them.') },
  born(me, birth) {
    const lotValue = birth.lotValue(birth.mark);
    birth.deposit(0.6 * lotValue);
    if (me.row % 2 === 0) birth.hold(1, birth.mark);
  },
  wake(me, market) {
    if (me.position > 0) market.sell(1);
    else market.buy(1);
    return undefined;
  },
});

/**
 * Accounts with two positions, each one lot long or short, so that half of them are hedged. Equity lies between 3 % and nine
 * times above the requirement: some bands end so near to the marks that ordinary moves leave them.
 */
const spreader = defineAgent({
  kind: 'spreader',
  about: 'Holds a position in each of two instruments on one account.',
  margined: true,
  params: {},
  born(_me, birth, rng) {
    let required = 0;
    for (let i = 0; i < 2; i++) {
      birth.instrument = i;
      required += birth.maintenanceMargin(1, birth.mark);
      birth.hold(rng.chance(0.5) ? 1 : -1, birth.mark);
    }
    birth.deposit(required * (1.03 + 8.97 * rng.uniform()));
  },
});

/** The file's market twice, as two instruments with crowds of their own, and that many spreaders across them. */
export function spreaders(count: number): Simulation {
  const { scenario } = benchWorld([...CALM, ...holders(1000)]);
  const { groups, capacity } = scenario;
  const venue = scenario.venues[0]!;
  const { instruments } = venue;
  const twice = groups.map((group) => ({ ...group, name: `second ${group.name}`, instrument: 1 }));
  const across = { name: 'spreaders', kind: spreader, count, instrument: 0, params: {} };
  return new Simulation({
    ...scenario,
    venues: [
      {
        ...venue,
        instruments: [instruments[0]!, { ...instruments[0]!, name: 'SECOND' }],
        capacity: { ...venue.capacity, orders: 2 * venue.capacity.orders },
      },
    ],
    groups: [...groups, ...twice, across],
    capacity: { ...capacity, events: 2 * capacity.events },
  });
}

/** A group of that many flippers. */
export function flippers(count: number): GroupSpec {
  const params = { rate: { kind: 'constant', value: FLIPS / count } as const };
  return { name: 'flippers', kind: flipper, count, instrument: 0, params };
}

/** Builds the world with changes to the file (`path=value`) and perhaps one more group; it still needs a `start`. */
export function benchWorld(sets: readonly string[], more?: GroupSpec): Simulation {
  return worldOf(FILE, sets, more);
}

/** The calibrated market with its 10,000 leveraged accounts, before anything is done to it. */
export function calibratedWorld(): Simulation {
  return worldOf(CALIBRATED, CALM);
}

function worldOf(file: string, sets: readonly string[], more?: GroupSpec): Simulation {
  const experiment = readExperiment(file, { sets });
  if (experiment.model !== 'market') throw new Error(`${file}: not a market`);
  const scenario = compileScenario(experiment, cells(experiment)[0]!);
  return new Simulation(more === undefined ? scenario : { ...scenario, groups: [...scenario.groups, more] });
}
