/** Under the market model's tables: how large cascades get, a line a policy, and whether a known law fits their sizes. */
import { policyAt } from '../../models/market/venue-columns.ts';
import pc from 'picocolors';
import type { TailDetails } from '../../models/market/measures/tail.ts';
import type { CellSummary } from '../../models/model.ts';
import { estimateText, percent, plain } from '../../report/words/numbers.ts';
import { estimateIn } from '../../stats/estimate.ts';

/** Sizes that a line shows, of those that results have. */
const SHOWN = [0.01, 0.05, 0.1, 0.2];

/** Lines for the cells of one shock; none where nobody was liquidated. */
export function tailLines(cells: readonly CellSummary[]): string[] {
  const width = Math.max(...cells.map(({ labels }) => policyAt(labels).length));
  const lines = cells.flatMap(({ labels, metrics }) => {
    const { survival, tail_goodness: fit, tail_law } = metrics as unknown as TailDetails;
    const shown = survival.share.filter(({ at, value }) => SHOWN.includes(at) && value > 0);
    if (shown.length === 0) return [];
    const curve = shown.map((point) => `≥ ${percent(point.at)}: ${estimateText(point, plain)}`);
    const m = estimateIn(metrics, 'tail_m');
    const law =
      tail_law !== 'not refused'
        ? ''
        : ` · generalised Poisson: m ${estimateText(m, plain)}, p ${fit.p_value.toFixed(3)} (χ² ${plain(fit.chi_squared)}, df ${fit.df})`;
    return [`  ${policyAt(labels).padEnd(width)}  ${curve.join(' · ')}${law}`];
  });
  return lines.length === 0 ? [] : [pc.dim('P(share of open interest liquidated)'), ...lines];
}
