/** What a sensitivity analysis found: for each output a table of indices, or the range that it took. */
import pc from 'picocolors';
import type { OutputResult, SensitivityResult } from '../../design/sensitivity/sensitivity.ts';
import { estimateText, minus, percent, plain } from '../../report/words/numbers.ts';
import { tableOfRows } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';

/** `money`: the unit of amounts. */
export function sensitivityReport(result: SensitivityResult, money: string): string {
  const { points, runs, points_with_losses, no_indices, outputs, parameters } = result;
  const ranges = parameters.map(
    ({ path, low, high, unit, scale }) =>
      `${path} from ${low} to ${high}${unit === '' ? '' : ` ${unit}`}${scale === 'log' ? ' (log)' : ''}`,
  );
  const fit = (text: string): string => wrapped(text, widthOf(process.stdout));
  return [
    fit(minus(`${points.length} points of ${runs} runs each, on the same seeds: ${ranges.join(', ')}`)),
    ...(points_with_losses > 0
      ? [pc.yellow(fit(`${points_with_losses} points lost runs, which may be the worst: they have no mean`))]
      : []),
    ...(no_indices === undefined ? [] : [pc.yellow(fit(`no indices: ${no_indices}`))]),
    ...outputs.flatMap((output) => ['', pc.bold(fit(output.output)), outputText(output, result, money)]),
    ...(outputs.some(({ indices }) => indices !== undefined) ? ['', pc.dim(fit(LEGEND))] : []),
  ].join('\n');
}

const LEGEND =
  'First order: share of the variance over the ranges that the setting explains alone; total: with all its interactions. ' +
  '95 % intervals (bootstrap over the design). Replicate noise, that of a mean of so few runs, is no part of these shares.';

function outputText(
  { means, indices, unit }: OutputResult,
  { parameters, runs }: SensitivityResult,
  money: string,
): string {
  const known = means.filter((mean) => !Number.isNaN(mean));
  const least = known.reduce((a, b) => Math.min(a, b), Infinity);
  const most = known.reduce((a, b) => Math.max(a, b), -Infinity);
  const ends =
    unit === 'share'
      ? [percent(least), percent(most)]
      : [short(least), `${short(most)} ${unit.replace('money', money)}`.trimEnd()];
  const range = minus(`from ${ends.join(' to ')}`);
  if (indices === undefined) return range;
  const rows = parameters.map(({ path }, i) => [
    path,
    estimateText(indices.first[i]!, plain),
    estimateText(indices.total[i]!, plain),
  ]);
  const text = tableOfRows(['setting', 'first order', 'total'], rows);
  const noise =
    runs > 1
      ? `${plain(indices.noise_share * 100)} % of the variance of the points’ means is replicate noise`
      : 'with one run a point, replicate noise is in the totals';
  return `${text}\n${wrapped(`${range}; ${noise}`, widthOf(process.stdout))}`;
}

function short(value: number): string {
  return Number(value.toPrecision(4)).toLocaleString('en-US', { maximumSignificantDigits: 4 });
}
