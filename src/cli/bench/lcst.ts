/** Worlds of the shipped experiment, experiments/lcst.yaml, as the bench runs them: its first policy and first shock. */
import { fileURLToPath } from 'node:url';
import { expandSeed } from '../../core/seed.ts';
import { cells, compileScenario, readExperiment } from '../../lab/experiment/index.ts';
import { Simulation } from '../../sim/simulation.ts';

/** From dist/src/cli/bench, where this runs. */
const FILE = fileURLToPath(new URL('../../../../experiments/lcst.yaml', import.meta.url));

/** The groups of the file that the bench changes. */
const TREND = 'population[3]';
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

/** Looks of all trend followers together per second of the market, however many they are. */
const LOOKS = 500;

/**
 * Leveraged accounts that trade: trend followers, `LOOKS` looks a second together. They follow small moves, so that many
 * looks are trades (more so with many accounts, whose last look is long ago), and are poor, so that these move no market.
 */
export function traders(count: number): string[] {
  return [
    ...holders(1000),
    `${TREND}.count=${count}`,
    `${TREND}.params={ every: ${count / LOOKS} s, wealth: 40 USDT, memory: 0.5, threshold: 0.01 % }`,
  ];
}

/** Builds the world with changes to the file (`path=value`); it still needs a `start`. */
export function lcst(sets: readonly string[]): Simulation {
  const experiment = readExperiment(FILE, { sets });
  if (experiment.model !== 'market') throw new Error(`${FILE}: not a market`);
  return new Simulation(compileScenario(experiment, cells(experiment)[0]!));
}
