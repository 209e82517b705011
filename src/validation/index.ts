/** All validations. A new one is one file and one line here. */
import { activity } from './activity.ts';
import { bookRace } from './book-race.ts';
import { capacities } from './capacities.ts';
import { cascade } from './cascade.ts';
import { coverage } from './coverage.ts';
import { depletion } from './depletion.ts';
import { estimators } from './estimators.ts';
import { latentBook } from './latent-book.ts';
import { leverageSpiralCheck } from './leverage-spiral.ts';
import { margin } from './margin.ts';
import { marketMaker } from './market-maker.ts';
import { metaorders } from './metaorders.ts';
import { pairing } from './pairing.ts';
import { rareCascade } from './rare-cascade.ts';
import { splitting } from './splitting.ts';
import { stationaryBook } from './stationary-book.ts';
import type { Validation } from './validation.ts';
import { zeroIntelligence } from './zero-intelligence.ts';

export const validations: readonly Validation[] = [
  bookRace,
  stationaryBook,
  depletion,
  zeroIntelligence,
  cascade,
  pairing,
  capacities,
  marketMaker,
  margin,
  leverageSpiralCheck,
  latentBook,
  metaorders,
  activity,
  splitting,
  rareCascade,
  estimators,
  coverage,
];
