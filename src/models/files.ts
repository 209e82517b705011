/** All models that an experiment file can choose. A new one is a file in its folder and one line here. */
import { activity } from './activity/file.ts';
import { bookRace } from './book-race/file.ts';
import { depletion } from './depletion/file.ts';
import { estimators } from './estimators/file.ts';
import { latentBook } from './latent-book/file.ts';
import { marketMaker } from './market-maker/file.ts';
import { market } from './market/file/market.ts';
import { metaorders } from './metaorders/file.ts';
import { procyclicality } from './procyclicality/file.ts';
import { randomWalk } from './random-walk/file.ts';
import { solvable } from './solvable/file.ts';
import { stationaryBook } from './stationary-book/file.ts';
import { zero } from './zero/file.ts';

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
