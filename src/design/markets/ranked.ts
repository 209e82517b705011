/** Policies in their order by one metric, and every two of them, from what they gave in each market run by run. */
import { createRng } from '../../core/rng.ts';
import type { Estimate } from '../../stats/estimate.ts';
import type { Better, PairShares } from '../../stats/pairs/plausible-ranking.ts';
import { pairShares, rankingOf, ROBUST } from '../../stats/pairs/plausible-ranking.ts';
import type { ComparedMetric } from '../../models/compare/index.ts';
import { meanOf } from '../sensitivity/samples.ts';

export interface RankedPair extends PairShares {
  readonly policy: string;
  readonly against: string;
  readonly verdict: Verdict;
}

/** robust: in at least 80 % of the markets; reversed: the other way in as many; tied: equal in as many. */
type Verdict = 'robust' | 'reversed' | 'tied' | 'depends on the market';

export interface RankedMetric {
  readonly metric: ComparedMetric;
  /** Policies, the best first, with their means over all markets; `tied`: in at least 80 % of them equal to the one before. */
  readonly ranking: readonly { readonly policy: string; readonly mean: number; readonly tied: boolean }[];
  /** Share of the markets with the same ranking, and the same ties in it. */
  readonly same: Estimate;
  /** In at least 80 % of them, and not because nothing differs. */
  readonly robust: boolean;
  /** Every two policies, the one that ranks better first. */
  readonly pairs: readonly RankedPair[];
}

export function ranked(
  metric: ComparedMetric,
  worlds: readonly Float64Array[][],
  policies: readonly string[],
  seed: string,
): RankedMetric {
  const better: Better = metric.better;
  const { order, ties, same } = rankingOf(worlds, better);
  const pairs = order.flatMap((one, n) =>
    order.slice(n + 1).map((other): RankedPair => {
      const names = { policy: policies[one]!, against: policies[other]! };
      const rng = createRng(`${seed}/markets/${metric.name}/${names.policy}/${names.against}`);
      const shares = pairShares(worlds, one, other, better, rng);
      return { ...names, ...shares, verdict: verdictOf(shares) };
    }),
  );
  return {
    metric,
    ranking: order.map((i, n) => ({
      policy: policies[i]!,
      mean: meanOf(worlds.map((world) => meanOf(world[i]!))),
      tied: ties[n]!,
    })),
    same,
    robust: same.value >= ROBUST && !ties.slice(1).every(Boolean),
    pairs,
  };
}

function verdictOf({ in_worlds, tied }: PairShares): Verdict {
  if (in_worlds.value >= ROBUST) return 'robust';
  if (tied >= ROBUST) return 'tied';
  return 1 - tied - in_worlds.value >= ROBUST ? 'reversed' : 'depends on the market';
}
