/** A run and its fork side by side: the columns of the table `runs`, one a row. */
import Table from 'cli-table3';
import pc from 'picocolors';
import type { ForkOrder, ForkResult } from '../../lab/fork.ts';
import { shortDuration } from '../../lab/experiment/index.ts';
import type { ColumnInfo } from '../../lab/models/model.ts';
import { percent, plain, whole } from './numbers.ts';

export function printFork(order: ForkOrder, result: ForkResult, json: boolean): void {
  const { experiment, policy, shock, change, columns, base, fork } = result;
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
    };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  const table = new Table({
    head: ['', 'run', 'fork', 'fork − run', 'unit'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right', 'right', 'right', 'left'],
  });
  for (const column of columns) {
    const [one, other] = [base[column.name]!, fork[column.name]!];
    if (Number.isNaN(one) && Number.isNaN(other)) continue;
    const unit = column.unit.replace('money', experiment.money);
    const text = (value: number): string => written(column, value).replace('-', '−');
    table.push([column.name, text(one), text(other), one === other ? '' : text(other - one), unit]);
  }
  const heading = `run ${run} of ${policy}, ${shock}; from ${shortDuration(at_us)} on: ${change}`;
  const legend = 'The run came out as recorded. From the shock on, but for what is of the moment before it.';
  process.stdout.write(`${pc.bold(heading)}\n${table.toString()}\n${pc.dim(legend)}\n`);
}

function written({ type, unit }: ColumnInfo, value: number): string {
  if (type === 'INT32') return whole(value);
  return unit === 'share' ? percent(value) : plain(value);
}
