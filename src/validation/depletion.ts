/** V3: directions, durations and variance of a price driven by the depletion of two queues, against exact theory. */
import { pairsOf } from '../models/depletion/refill.ts';
import type { RefillLaw } from '../models/depletion/refill.ts';
import type { DirectedWalk } from '../models/depletion/directed-walk.ts';
import { directedWalk, mixedRace } from '../models/depletion/directed-walk.ts';
import type { QueueRace } from '../models/depletion/queue-race.ts';
import { queueRace } from '../models/depletion/queue-race.ts';
import type { Estimate } from '../stats/estimate.ts';
import type { DepletionExperiment } from '../models/depletion/file.ts';
import { checkEstimate, estimatesOf, printed } from './estimates.ts';
import { runsOf } from './runs.ts';
import type { Check, Validation, ValidationOptions } from './validation.ts';

const FILE = 'queue-depletion.yaml';

/** Runs for a first move only. */
const FIRST_MOVES = 200_000;

/** Refill laws under which moves tend to go on, up more than down, so that the price drifts, too. */
const ASYMMETRIC = [
  'depletion.refill_up={ pairs: [[5, 1, 3], [2, 2, 1]] }',
  'depletion.refill_down={ pairs: [[1, 5, 2], [3, 3, 1]] }',
  'runs=20000',
];

export const depletion: Validation = {
  name: 'depletion',
  about: 'V3: a price driven by the depletion of two queues (Cont and de Larrard 2013)',
  async run(options) {
    const checks: Check[] = [];
    checks.push(...(await longRun([...always(1), 'runs=4000'], options, { duration: '1.374' })).slice(0, 1));
    checks.push(...(await longRun([...always(5), 'runs=1000'], options, { duration: '16.57' })).slice(0, 1));
    checks.push(...(await longRun([], options, { duration: '7.154', variance: '.1398' })));
    for (const [i, probability] of ['.5', '.3023', '.2094', '.1585', '.1271'].entries()) {
      checks.push(await firstMove(1, i + 1, probability, options));
    }
    checks.push(...(await longRun(ASYMMETRIC, options, {})));
    return checks;
  },
};

/** The same queues after every move: the duration from these queues, many times. */
function always(queue: number): string[] {
  const law = `{ fixed: [${queue}, ${queue}] }`;
  return [`depletion.refill_up=${law}`, `depletion.refill_down=${law}`, 'depletion.moves=1000'];
}

/** The direction of the first move, with balanced flow: then durations have no mean, and a run must not be longer. */
async function firstMove(
  bid: number,
  ask: number,
  number: string,
  options: ValidationOptions,
): Promise<Check> {
  const sets = [
    'depletion.arrival_rate=1',
    'depletion.removal_rate=1',
    `depletion.bid=${bid}`,
    `depletion.ask=${ask}`,
    'depletion.moves=1',
    `runs=${FIRST_MOVES}`,
  ];
  const { settings, found } = await runs(sets, options);
  const [exact] = raceOf(settings, settings.bid, settings.ask).up;
  const rates = `λ = ${settings.arrival_rate}, ν = ${settings.removal_rate}`;
  const what = `${rates}: P(up | bid ${settings.bid}, ask ${settings.ask})`;
  return checkEstimate(what, printed(number, exact), found['p_up']!, 0.005);
}

async function longRun(
  sets: readonly string[],
  options: ValidationOptions,
  numbers: { duration?: string; variance?: string },
): Promise<Check[]> {
  const { settings, found } = await runs(sets, options);
  const { bid, ask } = settings;
  const walk = walkOf(settings);
  const { up, down } = raceOf(settings, bid, ask);
  const at = (number: string | undefined, exact: number): number =>
    number === undefined ? exact : printed(number, exact);
  const name = `refill ${titleOf(settings)}`;
  const one = (what: string, target: number, metric: string, share: number): Check =>
    checkEstimate(`${name}: ${what}`, target, found[metric]!, share * target);
  return [
    one('mean duration', at(numbers.duration, walk.duration), 'mean_duration', 0.01),
    one(`first duration, from (${bid}, ${ask})`, up[1] + down[1], 'first_duration', 0.01),
    one('P(a move continues the one before)', walk.continue, 'p_continue', 0.01),
    one('… after an up-move', walk.continue_up, 'p_continue_up', 0.01),
    one('… after a down-move', walk.continue_down, 'p_continue_down', 0.01),
    one('price variance per unit of time', at(numbers.variance, walk.variance), 'price_variance', 0.02),
  ].filter(({ target }) => Number.isFinite(target)); // durations have no mean at λ = ν
}

/** The laws after an up-move and a down-move in words, or one of them where they are the same. */
function titleOf({ refill_up, refill_down }: DepletionExperiment['depletion']): string {
  const title = (law: RefillLaw): string => {
    if ('uniform' in law) return `uniform on {${law.uniform.join('..')}}²`;
    if ('fixed' in law) return `(${law.fixed.join(', ')})`;
    return law.pairs.map(([bid, ask, weight]) => `${weight}×(${bid}, ${ask})`).join(' ');
  };
  const [up, down] = [title(refill_up), title(refill_down)];
  return up === down ? up : `${up} up, ${down} down`;
}

async function runs(
  sets: readonly string[],
  options: ValidationOptions,
): Promise<{ settings: DepletionExperiment['depletion']; found: Readonly<Record<string, Estimate>> }> {
  const all = await runsOf(FILE, 'depletion', sets, options);
  return { settings: all.experiment.depletion, found: estimatesOf(all) };
}

type Rates = Pick<DepletionExperiment['depletion'], 'arrival_rate' | 'removal_rate'>;

function raceOf({ arrival_rate, removal_rate }: Rates, bid: number, ask: number): QueueRace {
  return queueRace(arrival_rate, removal_rate, bid, ask);
}

function walkOf(settings: DepletionExperiment['depletion']): DirectedWalk {
  const after = (law: RefillLaw): QueueRace =>
    mixedRace(pairsOf(law).map(([bid, ask, weight]) => ({ weight, race: raceOf(settings, bid, ask) })));
  return directedWalk(after(settings.refill_up), after(settings.refill_down));
}
