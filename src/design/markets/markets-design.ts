/** A comparison over plausible markets as a design: its table of markets, and what is told beside it. */
import type { Design } from '../points/design.ts';
import type { Experiment } from '../../models/experiment.ts';
import type { MarketsResult } from './markets.ts';
import { rankOnMarkets, runsOf } from './markets.ts';
import { marketsSetup } from './setup.ts';

type Summary = Omit<MarketsResult, 'means'>;

/** Throws ConfigError where the block markets does not fit the experiment. */
export function marketsDesign(experiment: Experiment): Design<MarketsResult> {
  const setup = marketsSetup(experiment);
  return {
    kind: 'markets',
    runs: runsOf(setup),
    run: (evaluator) => rankOnMarkets(setup, evaluator),
    columnsOf: (result) =>
      namesOf(result).map(({ name, unit, about }, i) => ({
        name,
        unit,
        about,
        values: result.means.map((own) => own[i]!),
      })),
    summaryOf,
    resultOf(summary, rows) {
      const rest = summary as Summary;
      return { ...rest, means: rows.map((row) => namesOf(rest).map(({ name }) => row[name]!)) };
    },
  };
}

export function summaryOf({ means: _, ...rest }: MarketsResult): Summary {
  return rest;
}

/** `binance.bad_debt`, …: the columns of the table, a row a market. */
function namesOf({ policies, metrics }: Summary) {
  return policies.flatMap((policy) =>
    metrics.map(({ metric: { name, title, unit } }) => ({
      name: `${policy}.${name}`,
      unit,
      about: `Of ${policy}: ${title}, mean over runs and shocks.`,
    })),
  );
}
