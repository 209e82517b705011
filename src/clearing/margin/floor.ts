/**
 * Floor under any rule: max(M, N · rate), against procyclical margins that fall too low in quiet times.
 * The rate is given, or is a quantile of the absolute returns of a long price history (EMIR RTS 153/2013 Art. 28(a):
 * a floor from ten years of data). Initial margin is raised in the same proportion as maintenance.
 */
import { quantile as sampleQuantile } from 'simple-statistics';
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { logReturns } from './ewma-var.ts';
import { defineMarginWrapper, ratePpm, shareOf } from './rule.ts';

export const floor = defineMarginWrapper({
  name: 'floor',
  about:
    'The requirement never falls below a fixed share of notional, or a quantile of a long history of returns.',
  settings: z.strictObject({
    rate: z.number().gt(0).lt(1).optional().describe('Least maintenance margin as a share of notional.'),
    quantile: z
      .number()
      .gt(0)
      .lt(1)
      .optional()
      .describe('… or: this quantile of absolute returns of the history.'),
    history: z.string().optional().describe('CSV of prices (time, price) for the quantile.'),
    initial_factor: z
      .number()
      .min(1)
      .default(1.5)
      .describe('Least initial margin over least maintenance margin.'),
  }),
  files: ({ history }) => (history === undefined ? [] : [{ file: history, kind: 'prices', key: 'history' }]),
  compile({ rate, quantile, history, initial_factor }, { instruments, data }, inner) {
    const tickLot = instruments.map((instrument) => instrument.tickLot);
    const leastPpm = ratePpm(floorRate(rate, quantile, history, data));
    const leastInitialPpm = Math.min(1_000_000, Math.ceil(leastPpm * initial_factor));
    return {
      ...inner,
      maintenance(instrument, lots, mark) {
        const least = shareOf(lots * mark * tickLot[instrument]!, leastPpm);
        const required = inner.maintenance(instrument, lots, mark);
        return required > least ? required : least;
      },
      initial(instrument, lots, mark) {
        const least = shareOf(lots * mark * tickLot[instrument]!, leastInitialPpm);
        const required = inner.initial(instrument, lots, mark);
        return required > least ? required : least;
      },
    };
  },
});

function floorRate(
  rate: number | undefined,
  quantile: number | undefined,
  history: string | undefined,
  data: (file: string) => unknown,
): number {
  if (rate !== undefined && quantile === undefined && history === undefined) return rate;
  if (rate === undefined && quantile !== undefined && history !== undefined) {
    const returns = logReturns(data(history) as Float64Array);
    return sampleQuantile(
      Array.from(returns, (r) => Math.abs(r)),
      quantile,
    );
  }
  throw new ConfigError(['rate'], 'give either rate, or quantile and history');
}
