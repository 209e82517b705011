/** V21: impact of a metaorder in a latent book whose orders rest, move and trade in the real one; and what is left of it. */
import { latentBookImpact, latentBookImpactDecay } from '../models/latent-book/exact.ts';
import { momentsOf } from '../stats/intervals/moments.ts';
import { printed } from './estimates.ts';
import { runsOf } from './runs.ts';
import type { Check, Validation, ValidationOptions } from './validation.ts';
import { check } from './validation.ts';

const FILE = 'latent-book.yaml';

/** Relative: the book is not continuous, but 40 ticks wide. */
const TOLERANCE = 0.05;

/** Rate, time watched, and the number as published: A, or what is left at that time. */
const ROWS: readonly (readonly [number, number, string])[] = [
  [0.5, 1, '.281307'],
  [2, 1, '1.083789'],
  [100, 1, '13.932535'],
  [1, 2, '.41534'],
  [10, 2, '.45551'],
];

export const latentBook: Validation = {
  name: 'latent-book',
  about:
    'V21: impact of a metaorder in a latent order book, and its decay (Donier, Bonart, Mastromatteo, Bouchaud 2015)',
  async run(options) {
    const checks: Check[] = [];
    for (const row of ROWS) checks.push(...(await one(row, options)));
    return checks;
  },
};

async function one(
  [rate, until, number]: (typeof ROWS)[number],
  options: ValidationOptions,
): Promise<Check[]> {
  const sets = [`latent_book.rate=${rate}`, `latent_book.until=${until}`];
  const runs = await runsOf(FILE, 'latent_book', sets, options);
  const settings = runs.experiment.latent_book;
  const { impact, left } = runs.cells[0]!;
  const later = settings.until > 1;
  const exact = later ? leftOf(settings.rate, settings.until) : latentBookImpact(settings.rate);
  if (exact === undefined) return [];
  const { n, mean, sd } = momentsOf(later ? left! : impact!);
  const target = printed(number, exact);
  const what = later ? `of the impact left at ${settings.until} T` : 'impact in √(D·t)';
  const error = n > 1 ? sd / Math.sqrt(n) : NaN;
  return [check(`m₀/J = ${settings.rate}: ${what}`, target, mean, error, TOLERANCE * target)];
}

/** Undefined where the book is empty for so far round the price that no result is known. */
function leftOf(rate: number, until: number): number | undefined {
  try {
    return latentBookImpactDecay(rate, until);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
