/** All scores. A new one is one file and one line here. */
import { Registry } from '../../../core/registry.ts';
import { drawdown } from './drawdown.ts';
import { fundUsed } from './fund-used.ts';
import { liquidated } from './liquidated.ts';
import { pressure } from './pressure.ts';
import type { Score } from './score.ts';

export const scores = new Registry<Score>('score', ({ name }) => name, [
  drawdown,
  pressure,
  liquidated,
  fundUsed,
]);
