/** Answers of a market for people: each with its value, interval, range and verdict. */
import pc from 'picocolors';
import type { Answer, ResponseCard } from '../../lab/scorecard/response.ts';
import type { Format } from '../../report/words/numbers.ts';
import { estimateText, percent, plain, rangeText } from '../../report/words/numbers.ts';
import { atVenue } from './facts.ts';
import { tableOfRows } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';

const points: Format = (value) => `${plain(value * 1e4)} bp`;

const FORMATS: Readonly<Record<Answer['format'], Format>> = {
  number: plain,
  percent,
  'basis-points': points,
  seconds: (value) => (value < 1 ? `${plain(value)} s` : `${value.toFixed(0)} s`),
};

const LEGEND =
  'Means over runs and over a purchase and a sale, each paired with the same run without it [95 % interval: a bootstrap of ' +
  'whole runs]. Programmes last 30 s; one order a second if not said otherwise.';

export function responseReport(card: ResponseCard): string {
  const rows = card.answers.map(({ name, about, value, range, format, holds }) => [
    `${name}\n${pc.dim(about)}`,
    estimateText(value, FORMATS[format]),
    rangeText(range, FORMATS[format]),
    holds ? pc.green('holds') : pc.red('NOT reproduced'),
  ]);
  const impacts = card.impact.map(({ millions, value }) => [
    `${millions} million`,
    estimateText(value, points),
  ]);
  const splits = card.split.map(({ orders_a_second: orders, value }) => [
    `${orders} ${orders === 1 ? 'order' : 'orders'} a second`,
    estimateText(value, points),
  ]);
  return [
    `${card.runs} runs${atVenue(card)} · seed ${card.seed}`,
    tableOfRows(['what is done', 'over all runs', 'accepted', ''], rows, {
      aligns: ['left', 'right', 'right', 'left'],
    }),
    tableOfRows(['traded in 30 s', 'move of the price'], impacts, { aligns: ['left', 'right'] }),
    tableOfRows(['10 million as', 'move of the price'], splits, { aligns: ['left', 'right'] }),
    `${card.held} of ${card.answers.length} answers hold.`,
    pc.dim(wrapped(LEGEND, widthOf(process.stdout))),
  ].join('\n');
}
