/** Every figure, in the order of a report. */
import { sortOf } from '../focus.ts';
import type { Drawn } from '../results.ts';
import { absorption } from './absorption.ts';
import { bearers } from './bearers.ts';
import { book } from './book.ts';
import { branching } from './branching.ts';
import { differences } from './differences.ts';
import { doseResponse } from './dose-response.ts';
import type { Figure } from './figure.ts';
import { finalists } from './finalists.ts';
import { frontier } from './frontier.ts';
import { generations } from './generations.ts';
import { indices } from './indices.ts';
import { latency } from './latency.ts';
import { liquidationMap } from './liquidation-map.ts';
import { margins } from './margins.ts';
import { moments } from './moments.ts';
import { posterior } from './posterior.ts';
import { priceFan } from './price-fan.ts';
import { runBesideTwin } from './run-beside-twin.ts';
import { runMap } from './run-map.ts';
import { runMargin } from './run-margin.ts';
import { rankings } from './rankings.ts';
import { rungs } from './rungs.ts';
import { survival } from './survival.ts';
import { tornado } from './tornado.ts';
import { tree } from './tree.ts';

/** Each draws results of its own sort alone (`of`), which `figuresOf` sees to. */
export const figures = [
  frontier,
  doseResponse,
  absorption,
  survival,
  differences,
  priceFan,
  book,
  liquidationMap,
  rungs,
  bearers,
  branching,
  generations,
  tree,
  latency,
  margins,
  indices,
  finalists,
  posterior,
  moments,
  rankings,
  tornado,
  runBesideTwin,
  runMap,
  runMargin,
] as readonly Figure[];

/** Those of results of this sort. */
export function figuresOf(results: Drawn): readonly Figure[] {
  const sort = sortOf(results);
  return figures.filter((figure) => figure.of === sort);
}
