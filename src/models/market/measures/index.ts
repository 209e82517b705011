/** What is measured of every run, in the order of its columns. */
import type { MarketFields } from '../file/compile.ts';
import type { Measure } from '../measure.ts';
import { addedMeasures } from './added.ts';
import { branching } from './branching.ts';
import { calls } from './calls.ts';
import { cascade } from './cascade.ts';
import { caused } from './caused.ts';
import { exposure } from './exposure.ts';
import { healthyAgain } from './healthy-again.ts';
import { liquidity } from './liquidity.ts';
import { losses } from './losses.ts';
import { use } from './margin-use.ts';
import { postedMargin } from './posted-margin.ts';
import { price } from './price.ts';
import { rebound } from './rebound.ts';
import { returns } from './returns.ts';
import { tail } from './tail.ts';
import { takeovers } from './takeovers.ts';
import { tempo } from './tempo.ts';
import { work } from './work.ts';

export const measures: readonly Measure[] = [
  cascade,
  price,
  caused,
  healthyAgain,
  losses,
  calls,
  exposure,
  use,
  postedMargin,
  work,
  tempo,
  branching,
  rebound,
  returns,
  liquidity,
  takeovers,
  tail,
];

/** With those that an experiment names. */
export function measuresOf(experiment: Pick<MarketFields, 'measures'>): readonly Measure[] {
  const { measures: named } = experiment;
  return named === undefined ? measures : [...measures, ...named.map((name) => addedMeasures.get(name))];
}
