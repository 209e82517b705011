/** All models that an experiment file can choose. A new one is one file and one line here. */
import { activity } from './activity.ts';
import { bookRace } from './book-race.ts';
import { depletion } from './depletion.ts';
import { estimators } from './estimators.ts';
import { latentBook } from './latent-book.ts';
import { marketMaker } from './market-maker.ts';
import { market } from './market.ts';
import { metaorders } from './metaorders.ts';
import { procyclicality } from './procyclicality.ts';
import { randomWalk } from './random-walk.ts';
import { solvable } from './solvable.ts';
import { stationaryBook } from './stationary-book.ts';
import { zero } from './zero.ts';

export const models = [
  market,
  solvable,
  depletion,
  zero,
  bookRace,
  stationaryBook,
  latentBook,
  marketMaker,
  activity,
  metaorders,
  procyclicality,
  randomWalk,
  estimators,
] as const;
