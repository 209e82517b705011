/** All models. A new one is one file, its block in the experiment file's schema, and one line here. */
import type { Experiment } from '../experiment/index.ts';
import { activity } from './activity.ts';
import { bookRace } from './book-race.ts';
import { depletion } from './depletion.ts';
import { estimators } from './estimators.ts';
import { latentBook } from './latent-book.ts';
import { marketMaker } from './market-maker.ts';
import { market } from './market/index.ts';
import { metaorders } from './metaorders.ts';
import type { Model } from './model.ts';
import { procyclicality } from './procyclicality.ts';
import { randomWalk } from './random-walk.ts';
import { rareMarket } from './rare-market.ts';
import { rareSolvable } from './rare-solvable.ts';
import { solvable } from './solvable.ts';
import { stationaryBook } from './stationary-book.ts';
import { zero } from './zero.ts';

export type AnyModel = Model<Experiment>;

const models = [
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
  rareSolvable,
  rareMarket,
  estimators,
] as unknown as readonly AnyModel[];

/** The model that an experiment names. */
export function modelOf(experiment: Experiment): AnyModel {
  const model = models.find(({ name }) => name === experiment.model)!;
  return model.of?.(experiment) ?? model;
}
