/** Tails and memory of returns on the market's own clock. */
import { LAGS } from '../../models/activity/runs.ts';
import type { Summary } from '../../models/model.ts';
import { estimateTable } from './estimates.ts';

const WORDS: Readonly<Record<string, string>> = {
  kurtosis: 'excess kurtosis of returns',
  memory: 'autocorrelation of returns at lag 1',
  ...Object.fromEntries(LAGS.map((lag) => [`memory_${lag}`, `… of absolute returns at lag ${lag}`])),
};

export function activityReport({ cells }: Summary): string {
  return estimateTable(cells[0]!.metrics, WORDS);
}
