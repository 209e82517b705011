/** All scores. A new one is one file and one line here. */
import { drawdown } from './drawdown.ts';
import { fundUsed } from './fund-used.ts';
import { liquidated } from './liquidated.ts';
import { pressure } from './pressure.ts';
import type { Score } from './score.ts';

export const scores: readonly Score[] = [drawdown, pressure, liquidated, fundUsed];

export const scoreNames = scores.map(({ name }) => name);

/** The score of that name, which must be one. */
export function scoreNamed(name: string): Score {
  return scores.find((score) => score.name === name)!;
}
