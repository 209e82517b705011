/** Every figure, of made-up results of its sort. */
import { expect } from 'vitest';
import type { Drawing, Figure } from '../../src/report/figures/figure.ts';
import { answers } from './example-answers.ts';
import { calibrated, onMarkets } from './example-markets.ts';
import { replayed } from './example-replayed.ts';
import { example, margins, sensitivity, tune } from './example.ts';

const RESULTS = {
  market: example(),
  margins,
  sensitivity,
  tune,
  calibrate: calibrated,
  markets: onMarkets,
  replayed,
} as const;

export function drawingOf(figure: Figure): Drawing {
  const results = RESULTS[figure.of as keyof typeof RESULTS];
  const drawing = figure.draw(results, answers[figure.id] ?? []);
  expect(drawing, figure.id).toBeDefined();
  return drawing!;
}
