/** The formulas that `unwind formula` knows, with the fields of each. */
import { z } from 'zod';
import { metaorderAutocorrelation } from '../../stats/intervals/autocorrelation.ts';
import { latentBookImpact, latentBookImpactDecay } from '../../models/latent-book/exact.ts';
import { splitterDiffusion } from '../../models/metaorders/splitters.ts';
import { subordinatedVolatility } from '../../models/activity/subordinated.ts';

export type Result = number | Readonly<Record<string, number>>;

export interface Formula {
  readonly about: string;
  readonly fields: z.ZodType;
  readonly compute: (input: never) => Result;
}

function formula<const S extends z.ZodRawShape>(
  about: string,
  shape: S,
  compute: (input: z.output<z.ZodObject<S>>) => Result,
): Formula {
  return { about, fields: z.strictObject(shape), compute: compute };
}

const positive = z.number().positive();
const notNegative = z.number().min(0);
const tail = z.number().gt(1);

export const formulas: Readonly<Record<string, Formula>> = {
  latentBookImpact: formula(
    'A of a metaorder at rate m0/J in a latent book: impact A·√(D·t)',
    { m0overJ: positive },
    ({ m0overJ }) => latentBookImpact(m0overJ),
  ),
  latentBookImpactDecay: formula(
    'impact at a time after it stopped, over the peak',
    { m0overJ: positive, timeOverDuration: z.number().min(1) },
    ({ m0overJ, timeOverDuration }) => latentBookImpactDecay(m0overJ, timeOverDuration),
  ),
  splitterDiffusion: formula(
    'variance of the price per order, and tail of moves, of metaorders one after another',
    { tailExponent: tail, impactExponent: notNegative },
    ({ tailExponent, impactExponent }) => splitterDiffusion(tailExponent, impactExponent),
  ),
  orderSignAutocorrelation: formula(
    'autocorrelation of order signs of metaorders one after another',
    { tailExponent: tail, lag: z.number().int().min(0) },
    ({ tailExponent, lag }) => metaorderAutocorrelation(tailExponent, lag),
  ),
  subordinatedVolatility: formula(
    'kurtosis of returns, and autocorrelation of their absolute values, under an activity e^X',
    {
      logVariance: notNegative,
      relaxationMinutes: z.array(positive).min(1),
      lagMinutes: notNegative,
    },
    ({ logVariance, relaxationMinutes, lagMinutes }) =>
      subordinatedVolatility(logVariance, relaxationMinutes, lagMinutes),
  ),
};
