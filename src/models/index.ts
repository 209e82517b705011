/** All models. A new one is a folder, and one line here and in files.ts. */
import type { Experiment } from './experiment.ts';
import { activity } from './activity/runs.ts';
import { bookRace } from './book-race/runs.ts';
import { depletion } from './depletion/runs.ts';
import { estimators } from './estimators/runs.ts';
import { latentBook } from './latent-book/runs.ts';
import { marketMaker } from './market-maker/runs.ts';
import { market } from './market/index.ts';
import { metaorders } from './metaorders/runs.ts';
import type { Model } from './model.ts';
import { loadAll } from './plug-ins/load.ts';
import { procyclicality } from './procyclicality/runs.ts';
import { randomWalk } from './random-walk/runs.ts';
import { rareMarket } from './market/rare/runs.ts';
import { rareSolvable } from './solvable/rare-runs.ts';
import { solvable } from './solvable/runs.ts';
import { stationaryBook } from './stationary-book/runs.ts';
import { zero } from './zero/runs.ts';

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

/** The model that an experiment names; its plug-ins are known from here on, and no others. */
export function modelOf(experiment: Experiment): AnyModel {
  loadAll(experiment.plugIns);
  const model = models.find(({ name }) => name === experiment.model)!;
  return model.of?.(experiment) ?? model;
}
