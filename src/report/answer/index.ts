/** The answer to a question, generated from the results. */
import { sortOf } from '../focus.ts';
import type { Results } from '../results.ts';
import { calibratedAnswer } from './calibrated.ts';
import { finalistsAnswer } from './finalists.ts';
import { marketAnswer } from './market.ts';
import type { Piece } from './piece.ts';
import { marginsAnswer } from './margins.ts';
import { rankingAnswer } from './ranking.ts';
import { settingsAnswer } from './settings.ts';

/** Two sentences; empty where nobody has written what such results answer: their table stands for itself. */
export function answerOf(results: Results): Piece[] {
  if (results.kind === 'sensitivity') return settingsAnswer(results);
  if (results.kind === 'tune') return finalistsAnswer(results);
  if (results.kind === 'calibrate') return calibratedAnswer(results);
  if (results.kind === 'markets') return rankingAnswer(results);
  const sort = sortOf(results);
  if (sort === 'market') return marketAnswer(results);
  return sort === 'margins' ? marginsAnswer(results) : [];
}
