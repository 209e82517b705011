/** What a calibration found: targets beside what markets give, what the data say of each parameter, and distances. */
import pc from 'picocolors';
import type { CalibrateResult } from '../../design/calibrate/calibrate.ts';
import type { CheckedMarket } from '../../design/calibrate/check.ts';
import type { ParameterResult } from '../../design/calibrate/posterior.ts';
import { effectiveSize } from '../../stats/abc/weighted.ts';
import {
  momentName,
  momentText,
  PARAMETER_HEADS,
  parameterCells,
  targetText,
} from '../../report/words/calibrated.ts';
import { percent, plain } from '../../report/words/numbers.ts';
import { tableOfRows } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';

const PARAMETERS_LEGEND =
  'Posterior: median [5 %, 95 %]. Width: its standard deviation over that of the range; nothing is learnt at 1. Recovery: every ' +
  'drawn market in turn in the place of the data; how wide the posterior then is, and how often the 90 % interval holds the truth.';

const MOMENTS_LEGEND =
  'On fresh seeds, 95 % intervals: of a market what luck moves it by, of the posterior luck and what the data leave open. ' +
  'Distance: root mean square of (moment − target) in standard errors of target and luck of one run, mean over runs.';

export function calibrateReport(result: CalibrateResult): string {
  const { runs, reference_runs, fresh_runs, points, usable, keep, draws, checked_draws } = result;
  const fit = (text: string): string => wrapped(text, widthOf(process.stdout));
  const effective = Math.round(effectiveSize(draws.map(({ weight }) => weight)));
  return [
    fit(
      `${points.length} markets of ${runs} runs drawn from the ranges, ${usable} of them with all moments; ${keep} kept, worth ` +
        `${effective} of equal weight; ${reference_runs} runs of the file as it stands, ${fresh_runs} fresh ones of it and of the best market, ${checked_draws} draws run anew`,
    ),
    '',
    pc.bold('What the data say of the settings'),
    parameterTable(result.parameters),
    pc.dim(fit(PARAMETERS_LEGEND)),
    '',
    pc.bold('What markets give'),
    momentTable(result),
    fit(
      `markets drawn from the ranges: distance ${plain(result.drawn.fitted)}; of what was held out ${plain(result.drawn.held_out)}`,
    ),
    distanceLine('the file as it stands', result.as_it_stands),
    distanceLine('the best market', result.best),
    distanceLine('the posterior', result.posterior),
    fit(`best: ${result.best.sets.join(', ')}`),
    pc.dim(fit(MOMENTS_LEGEND)),
  ].join('\n');
}

function parameterTable(parameters: readonly ParameterResult[]): string {
  const rows = parameters.map((one) => {
    const cells = parameterCells(one);
    const paint = one.verdict === 'identified' ? pc.green : pc.yellow;
    return [...cells.slice(0, -1), paint(cells.at(-1))];
  });
  return tableOfRows(PARAMETER_HEADS, rows);
}

function momentTable({ aims, as_it_stands, best, posterior }: CalibrateResult): string {
  const rows = aims.map((aim, i) => [
    momentName(aim),
    targetText(aim),
    ...[as_it_stands, best, posterior].map(({ moments }) => {
      const text = momentText(aim, moments[i]!);
      return moments[i]!.holds_target ? text : pc.yellow(text);
    }),
  ]);
  return tableOfRows(['moment', 'target', 'as it stands', 'best', 'posterior'], rows);
}

function distanceLine(what: string, { distance, coverage }: CheckedMarket): string {
  const one = (name: 'fitted' | 'held_out'): string =>
    `${plain(distance[name])} (covers ${percent(coverage[name])} of the targets)`;
  return `${what}: distance ${one('fitted')}; of what was held out ${one('held_out')}`;
}
