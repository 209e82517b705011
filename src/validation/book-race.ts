/** V1: the first move of a book of Poisson orders, and the orders that fill before it, against the exact chains. */
import { ConfigError } from '../core/errors.ts';
import { cancelRate, limitRate, limitRateWithin } from '../models/poisson/poisson-rates.ts';
import { fillProbability, makeSpreadProbability, upProbability } from '../models/book-race/exact.ts';
import type { BookRaceExperiment } from '../models/book-race/file.ts';
import { checkEstimate, estimatesOf, printed } from './estimates.ts';
import { experimentOf, runsOf } from './runs.ts';
import type { Check, Validation, ValidationOptions } from './validation.ts';

const FILE = 'order-book-race.yaml';
const TOLERANCE = 0.012;

type Settings = BookRaceExperiment['book_race'];
type Start = readonly [bid: number, ask: number, spread: number];

/** P(the middle moves up first | spread 1): a row for each bid queue 1 … 5, a column for each ask queue 1 … 5. */
const PUBLISHED: readonly (readonly string[])[] = [
  ['.5000', '.3352', '.2590', '.2158', '.1878'],
  ['.6648', '.5000', '.4069', '.3479', '.3072'],
  ['.7410', '.5931', '.5000', '.4366', '.3906'],
  ['.7842', '.6521', '.5634', '.5000', '.4523'],
  ['.8122', '.6928', '.6094', '.5477', '.5000'],
];

/** Starts with wider spreads; nothing that is right is printed for them, nor for the orders that are never cancelled. */
const WIDER: readonly Start[] = [
  [1, 1, 2],
  [2, 3, 2],
  [2, 1, 3],
  [1, 4, 5],
];

export const bookRace: Validation = {
  name: 'order-book-race',
  about: 'V1: the first move of a book of Poisson orders, and fills before it (Cont, Stoikov, Talreja 2010)',
  async run(options) {
    const table = PUBLISHED.flatMap((row, b) => row.map((_, a): Start => [b + 1, a + 1, 1]));
    const checks = new Map<string, Check[]>();
    for (const [bid, ask, spread] of [...table, ...WIDER]) {
      const sets = [`book_race.bid=${bid}`, `book_race.ask=${ask}`, `book_race.spread=${spread}`];
      const start = nameOf(experimentOf(FILE, 'book_race', sets, options).book_race);
      // Where the options set some of these, starts are the same.
      if (!checks.has(start)) checks.set(start, await checksFor(sets, options));
    }
    return [...checks.values()].flat();
  },
};

function nameOf({ bid, ask, spread }: Settings): string {
  return `bid ${bid}, ask ${ask}, spread ${spread}`;
}

async function checksFor(sets: readonly string[], options: ValidationOptions): Promise<Check[]> {
  const settings = experimentOf(FILE, 'book_race', sets, options).book_race;
  const { up, fill, make } = exactOf(settings);
  const found = estimatesOf(await runsOf(FILE, 'book_race', sets, options));
  const start = nameOf(settings);
  const number = settings.spread === 1 ? PUBLISHED[settings.bid - 1]?.[settings.ask - 1] : undefined;
  const target = number === undefined ? up : printed(number, up);
  return [
    checkEstimate(`P(up | ${start})`, target, found['p_up']!, TOLERANCE),
    checkEstimate(`P(fill | ${start})`, fill, found['p_fill']!, 0),
    checkEstimate(`P(make the spread | ${start})`, make, found['p_make_spread']!, 0),
  ];
}

/** From the rates at the best quotes and inside the spread; throws ConfigError where queues are too long for it. */
function exactOf(settings: Settings): { up: number; fill: number; make: number } {
  const { bid, ask, spread } = settings;
  const rates = {
    join: limitRate(settings, spread),
    cancel: cancelRate(settings, spread),
    market: settings.market_rate,
    inside: limitRateWithin(settings, spread - 1),
  };
  try {
    return {
      up: upProbability(rates, bid, ask),
      fill: fillProbability(rates, bid, ask),
      make: makeSpreadProbability(rates, bid, ask),
    };
  } catch (error) {
    throw new ConfigError(['book_race'], `no exact target: ${(error as Error).message}`);
  }
}
