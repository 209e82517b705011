/** A run and its fork side by side: the columns of the table `runs`, one a row. */
import pc from 'picocolors';
import type { ForkOrder, ForkResult } from '../../lab/fork.ts';
import type { ColumnInfo } from '../../models/model.ts';
import { minus, percent, plain, whole } from '../../report/words/numbers.ts';
import { tableOfRows } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';

export function printFork(order: ForkOrder, result: ForkResult, json: boolean): void {
  const { experiment, policy, shock, change, columns, base, fork, hash } = result;
  const { folder, run, at_us } = order;
  if (json) {
    const document = {
      experiment: experiment.name,
      folder,
      run,
      policy,
      shock,
      at_s: at_us / 1e6,
      change,
      base,
      fork,
      world_hash: hash,
    };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  const rows: string[][] = [];
  for (const column of columns) {
    const [one, other] = [base[column.name]!, fork[column.name]!];
    if (Number.isNaN(one) && Number.isNaN(other)) continue;
    const unit = column.unit.replace('money', experiment.money);
    const text = (value: number): string => written(column, value);
    const isPlain =
      unit === '' || unit === 'share' || column.name === unit || column.name.endsWith(`_${unit}`);
    const name = isPlain ? column.name : `${column.name}, ${unit}`;
    rows.push([name, text(one), text(other), one === other ? '' : text(other - one)]);
  }
  const heading = minus(`run ${run} of ${policy}, ${shock}; from ${at_us / 1e6} s on: ${change}`);
  const legend =
    'The run came out as recorded. From the shock on, but for what is of the moment before it. ' +
    `World hash at the end of the fork: ${hash}.`;
  const text = tableOfRows(['', 'run', 'fork', 'fork − run'], rows, {
    aligns: ['left', 'right', 'right', 'right'],
  });
  const width = widthOf(process.stdout);
  process.stdout.write(`${pc.bold(wrapped(heading, width))}\n${text}\n${pc.dim(wrapped(legend, width))}\n`);
}

function written({ type, unit }: ColumnInfo, value: number): string {
  if (type === 'INT32') return whole(value);
  return unit === 'share' ? percent(value) : plain(value);
}
