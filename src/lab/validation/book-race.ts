/** V1: the first move of a book of Poisson orders, and the orders that fill before it, against the exact chains. */
import { cancelRate, limitRate, limitRateWithin } from '../../sim/models/poisson-rates.ts';
import type { BookRaceRates } from '../../stats/book-race.ts';
import { fillProbability, makeSpreadProbability, upProbability } from '../../stats/book-race.ts';
import type { BookRaceExperiment } from '../experiment/index.ts';
import { checkEstimate, estimatesOf, printed } from './estimates.ts';
import { experimentOf, runsOf } from './runs.ts';
import type { Check, Validation, ValidationOptions } from './validation.ts';

const FILE = 'order-book-race.yaml';
const TOLERANCE = 0.012;

type Settings = BookRaceExperiment['book_race'];
type Cell = readonly [bid: number, ask: number, spread: number];

/** P(the middle moves up first | spread 1): a row for each bid queue 1 … 5, a column for each ask queue 1 … 5. */
const PUBLISHED: readonly (readonly string[])[] = [
  ['.5000', '.3352', '.2590', '.2158', '.1878'],
  ['.6648', '.5000', '.4069', '.3479', '.3072'],
  ['.7410', '.5931', '.5000', '.4366', '.3906'],
  ['.7842', '.6521', '.5634', '.5000', '.4523'],
  ['.8122', '.6928', '.6094', '.5477', '.5000'],
];

/** Cells that orders which are kept are checked in, too. Of those of a wider spread nothing is printed. */
const KEPT: readonly Cell[] = [
  [1, 1, 1],
  [1, 5, 1],
  [5, 1, 1],
  [3, 2, 1],
  [5, 5, 1],
  [1, 1, 2],
  [2, 3, 2],
  [2, 1, 3],
  [1, 4, 5],
];

export const bookRace: Validation = {
  name: 'order-book-race',
  about: 'V1: the first move of a book of Poisson orders, and fills before it (Cont, Stoikov, Talreja 2010)',
  async run(options) {
    const table = PUBLISHED.flatMap((row, b) => row.map((_, a): Cell => [b + 1, a + 1, 1]));
    const checks: Check[] = [];
    const seen = new Set<string>();
    for (const cell of [...table, ...KEPT.filter(([, , spread]) => spread > 1)]) {
      const sets = setsOf(cell);
      const { bid, ask, spread } = experimentOf(FILE, 'book_race', sets, options).book_race;
      const start = `${bid} ${ask} ${spread}`; // where the options set some of these, cells are the same
      if (!seen.has(start)) checks.push(...(await one(cell, sets, options)));
      seen.add(start);
    }
    return checks;
  },
};

function setsOf([bid, ask, spread]: Cell): string[] {
  return [`book_race.bid=${bid}`, `book_race.ask=${ask}`, `book_race.spread=${spread}`];
}

async function one(cell: Cell, sets: readonly string[], options: ValidationOptions): Promise<Check[]> {
  const runs = await runsOf(FILE, 'book_race', sets, options);
  const found = estimatesOf(runs);
  const { bid, ask, spread } = runs.experiment.book_race;
  const rates = ratesOf(runs.experiment.book_race);
  const start = `bid ${bid}, ask ${ask}, spread ${spread}`;
  const up = upProbability(rates, bid, ask);
  const number = spread === 1 ? PUBLISHED[bid - 1]?.[ask - 1] : undefined;
  const target = number === undefined ? up : printed(number, up);
  const checks = [checkEstimate(`P(up | ${start})`, target, found['p_up']!, TOLERANCE)];
  if (KEPT.some((kept) => kept.join(' ') === cell.join(' '))) {
    const fill = fillProbability(rates, bid, ask);
    const make = makeSpreadProbability(rates, bid, ask);
    checks.push(
      checkEstimate(`P(fill | ${start})`, fill, found['p_fill']!, TOLERANCE),
      checkEstimate(`P(make the spread | ${start})`, make, found['p_make_spread']!, TOLERANCE),
    );
  }
  return checks;
}

/** What the exact chains need to know of the rates: those at the best quotes and inside the spread. */
export function ratesOf(settings: Settings): BookRaceRates {
  const { spread, market_rate } = settings;
  return {
    join: limitRate(settings, spread),
    cancel: cancelRate(settings, spread),
    market: market_rate,
    inside: limitRateWithin(settings, spread - 1),
  };
}
