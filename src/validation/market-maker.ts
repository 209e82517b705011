/** V8: profit and inventory of a maker with a horizon, in the real book, against published numbers or the exact moments. */
import type { Estimate } from '../stats/estimate.ts';
import { makerMoments } from '../models/market-maker/exact.ts';
import type { MakerMoments, MakerStrategy } from '../models/market-maker/exact.ts';
import { modelOf } from '../models/index.ts';
import { checkEstimate } from './estimates.ts';
import { experimentOf, runsOf } from './runs.ts';
import type { Validation } from './validation.ts';

const FILE = 'market-maker.yaml';

/** Of 100,000 simulated paths; the exact moments are within .06 of them. */
const PUBLISHED: Readonly<Record<MakerStrategy, MakerMoments>> = {
  inventory: { profit: 64.9, profitSd: 6.54, inventorySd: 2.93 },
  symmetric: { profit: 68.22, profitSd: 13.4, inventorySd: 8.4 },
};

/** Of the mean profit; of standard deviations, relative, and no less than a tick, to which quotes are rounded. */
const PROFIT = 0.15;
const SD = 0.02;

export const marketMaker: Validation = {
  name: 'market-maker',
  about: 'V8: what a maker earns and holds, leaning against its inventory and not (Avellaneda, Stoikov 2008)',
  async run(options) {
    const { experiment, cells } = await runsOf(FILE, 'market_maker', [], options);
    const { market_maker: settings } = experiment;
    const { market_maker: own } = experimentOf(FILE, 'market_maker', [], { ...options, sets: [] });
    const changed = JSON.stringify({ ...settings, tick: 0 }) !== JSON.stringify({ ...own, tick: 0 });
    return modelOf(experiment)
      .summarise(experiment, cells)
      .cells.flatMap(({ labels, metrics }) => {
        const strategy = labels['strategy'] as MakerStrategy;
        const target = changed ? makerMoments(settings, strategy) : PUBLISHED[strategy];
        const found = metrics as Record<string, Estimate>;
        const { profit, profitSd, inventorySd } = target;
        const within = Math.max(SD * profitSd, settings.tick);
        return [
          checkEstimate(`${strategy}: mean profit`, profit, found['profit']!, PROFIT),
          checkEstimate(`${strategy}: sd of the profit`, profitSd, found['profit_sd']!, within),
          checkEstimate(
            `${strategy}: sd of what is held`,
            inventorySd,
            found['inventory_sd']!,
            SD * inventorySd,
          ),
        ];
      });
  },
};
