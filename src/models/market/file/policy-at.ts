/** A policy as an experiment file writes it: settings of the clearing house, trading rules, delays, and what differs by venue. */
import { z } from 'zod';
import type { PolicySettings } from '../../../clearing/policy/policy.ts';
import { policySchema } from '../../../clearing/policy/policy.ts';
import type { Path } from '../../../experiment/source.ts';
import { changesOf } from './changes-of.ts';
import { latencyChangesSchema } from './latency.ts';
import { tradingSchema } from './trading.ts';

const ownShape = {
  trading: tradingSchema
    .optional()
    .describe('Changes to the trading rules of all instruments: fees, collars, halt, matching, self_trade.'),
  latency: latencyChangesSchema.describe('Changes to market.latency.'),
};

type Own = z.output<z.ZodObject<typeof ownShape>>;

export const marketPolicySchema = policySchema.extend({
  ...ownShape,
  at: z
    .record(z.string(), changesOf<PolicySettings & Own>({ ...policySchema.shape, ...ownShape }))
    .optional()
    .describe(
      'What differs at a venue, by its name: { B: { insurance_fund: 0 } }. A key replaces that of the policy.',
    ),
});

export type WrittenPolicy = z.output<typeof marketPolicySchema>;

/** A policy at one venue, and where its parts stand. */
export interface PolicyAt {
  readonly policy: WrittenPolicy;
  readonly trading: Own['trading'];
  /** In the order in which they count. */
  readonly latencies: readonly Own['latency'][];
  /** Path of what is below the policy, from the policy. */
  readonly pathOf: (inside: Path) => Path;
}

export function policyAtVenue({ at, ...policy }: WrittenPolicy, venue: string): PolicyAt {
  const own = at?.[venue];
  if (own === undefined) {
    const { trading, latency } = policy;
    return { policy, trading, latencies: [latency], pathOf: (inside) => inside };
  }
  const { trading, latency, ...settings } = own;
  const merged = { ...policy.trading, ...trading };
  return {
    policy: { ...policy, ...settings },
    trading: merged,
    latencies: [policy.latency, latency],
    pathOf: ([key, ...rest]) => {
      const isOwn = key === 'trading' ? trading !== undefined : key !== undefined && key in settings;
      const below = key === undefined ? [] : [key, ...rest];
      return isOwn ? ['at', venue, ...below] : below;
    },
  };
}
