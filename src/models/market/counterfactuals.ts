/**
 * Counterfactuals in results: what became of each run when one thing was changed at the shock, and how much of the run that
 * thing made: the causal share (run − fork) / run. Shares of different changes need not add up to 1, as what one of them
 * prevents may be what another would have prevented, too.
 */
import type { Estimate } from '../../stats/estimate.ts';
import { pairedDifference } from '../../stats/pairs/paired.ts';
import { ratioInterval } from '../../stats/intervals/ratio.ts';
import type { MarketExperiment } from './file/compile.ts';
import { compileChange } from './file/counterfactuals.ts';
import type { ColumnInfo, RunColumns, TableInfo } from '../model.ts';
import { positiveMean } from './estimates.ts';
import type { MarketRun } from './market-run.ts';
import type { AddRow } from './table.ts';
import { text } from '../columns.ts';

/** Columns of `runs` that a fork is compared with its run by. */
const OUTCOMES = ['drop', 'accounts', 'share', 'bad_debt'] as const;
type Outcome = (typeof OUTCOMES)[number];

const info: Readonly<Record<Outcome, Omit<ColumnInfo, 'name'>>> = {
  drop: { type: 'DOUBLE', unit: 'share', about: 'Fall of the traded price below its level at the shock.' },
  accounts: { type: 'INT32', unit: 'accounts', about: 'Accounts liquidated from the shock on.' },
  share: { type: 'DOUBLE', unit: 'share', about: 'Liquidated notional over open interest at the shock.' },
  bad_debt: { type: 'DOUBLE', unit: 'money', about: 'Losses beyond collateral, whoever paid them.' },
};

export const counterfactualTable: TableInfo = {
  name: 'counterfactuals',
  about: 'One fork of one run a row: the run with one thing changed at the shock, on the same luck.',
  columns: [text('change', 'What was changed.'), ...OUTCOMES.map((name) => ({ name, ...info[name] }))],
};

/** The same beside each run, for the summary: a fork's outcomes as columns of `runs`. */
export function counterfactualColumns(experiment: MarketExperiment): ColumnInfo[] {
  return experiment.counterfactuals.flatMap((written, i) => {
    const { title } = compileChange(experiment, written);
    return OUTCOMES.map((name) => ({
      ...info[name],
      name: column(i, name),
      about: `${info[name].about} Fork: ${title}.`,
    }));
  });
}

function column(change: number, outcome: Outcome): string {
  return `fork_${change + 1}_${outcome}`;
}

/** Notes the outcomes of fork number `change` of a run. */
export function addFork(run: MarketRun, fork: MarketRun, change: number, title: string, add: AddRow): void {
  add([title, ...OUTCOMES.map((name) => fork.get(name))]);
  for (const name of OUTCOMES) run.set(column(change, name), fork.get(name));
}

/** How one quantity came out in the forks, and against their runs. */
interface Effect {
  /** Mean over the forks. */
  readonly fork: Estimate;
  /** Runs less forks, paired. */
  readonly difference: Estimate;
  /** Σ (run − fork) / Σ run. */
  readonly causal_share: Estimate;
}

export type Counterfactual = { readonly change: string } & Readonly<Record<Outcome, Effect>>;

/** Results of one cell, a change an entry, in the order of the experiment. */
export function counterfactualResults(experiment: MarketExperiment, runs: RunColumns): Counterfactual[] {
  return experiment.counterfactuals.map((written, i) => {
    const effects = OUTCOMES.map((name) => [name, effectOf(runs[name]!, runs[column(i, name)]!)] as const);
    const { title: change } = compileChange(experiment, written);
    return { change, ...(Object.fromEntries(effects) as Record<Outcome, Effect>) };
  });
}

function effectOf(base: Float64Array, fork: Float64Array): Effect {
  const saved = base.map((value, i) => value - fork[i]!);
  return {
    fork: positiveMean(fork),
    difference: pairedDifference(base, fork),
    causal_share: ratioInterval(saved, base, { max: 1 }),
  };
}
