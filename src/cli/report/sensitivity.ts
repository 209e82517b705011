/** What a sensitivity analysis found: for each output a table of indices, or the range that it took. */
import Table from 'cli-table3';
import pc from 'picocolors';
import type { OutputResult, SensitivityResult } from '../../lab/sensitivity/sensitivity.ts';
import { estimateText, plain } from './numbers.ts';

export function sensitivityReport(result: SensitivityResult): string {
  const { points, runs, points_with_losses, no_indices, outputs, parameters } = result;
  const ranges = parameters.map(
    ({ path, low, high, unit, scale }) =>
      `${path} from ${low} to ${high}${unit === '' ? '' : ` ${unit}`}${scale === 'log' ? ' (log)' : ''}`,
  );
  return [
    `${points.length} points of ${runs} runs each, on the same seeds: ${ranges.join(', ')}`,
    ...(points_with_losses > 0
      ? [pc.yellow(`${points_with_losses} points lost runs, which may be the worst: they have no mean`)]
      : []),
    ...(no_indices === undefined ? [] : [pc.yellow(`no indices: ${no_indices}`)]),
    ...outputs.flatMap((output) => ['', pc.bold(output.output), outputText(output, result)]),
    ...(outputs.some(({ indices }) => indices !== undefined) ? ['', pc.dim(LEGEND)] : []),
  ].join('\n');
}

const LEGEND =
  'First order: share of the variance over the ranges that the setting explains alone; total: with all its interactions. ' +
  '95 % intervals (bootstrap over the design). Replicate noise, that of a mean of so few runs, is no part of these shares.';

function outputText({ means, indices, unit }: OutputResult, { parameters, runs }: SensitivityResult): string {
  const known = means.filter((mean) => !Number.isNaN(mean));
  const least = Math.min(...known);
  const most = Math.max(...known);
  const range = `from ${short(least)} to ${short(most)}${unit === '' ? '' : ` ${unit}`}`;
  if (indices === undefined) return range;
  const table = new Table({
    head: ['setting', 'first order', 'total'],
    style: { head: [], border: [], compact: true },
  });
  parameters.forEach(({ path }, i) => {
    table.push([path, estimateText(indices.first[i]!, plain), estimateText(indices.total[i]!, plain)]);
  });
  const noise =
    runs > 1
      ? `${plain(indices.noise_share * 100)} % of the variance of the points’ means is replicate noise`
      : 'with one run a point, replicate noise is in the totals';
  return `${table.toString()}\n${range}; ${noise}`;
}

function short(value: number): string {
  return Number(value.toPrecision(4)).toLocaleString('en-US', { maximumSignificantDigits: 4 });
}
