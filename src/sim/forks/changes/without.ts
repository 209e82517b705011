/** One rule is off: a rung of the ladder, a wrapper of the margin, a layer of the waterfall, or a trading rule. */
import { z } from 'zod';
import { ConfigError } from '../../../core/errors.ts';
import type { PolicySettings } from '../../../clearing/policy/policy.ts';
import { ladderOf } from '../../../clearing/policy/policy.ts';
import type { Rules, VenueRules } from './change.ts';
import { defineChange } from './change.ts';

/** Rules that are not plug-ins with a name of their own. */
export const OTHER_RULES: readonly string[] = [
  'fees',
  'collars',
  'halt',
  'batches',
  'delays',
  'liquidation_fee',
  'check_orders',
  'unwind',
];

export const without = defineChange({
  name: 'without',
  about:
    `A rule is off: ${OTHER_RULES.join(', ')}, or all rungs, wrappers or ` +
    'layers of a name. Under a policy that has none such the fork is its run.',
  settings: z.strictObject({ without: z.string().describe('Name of the rule.') }),
  compile({ without: name }, { policies }) {
    const dropOne = (rules: VenueRules): VenueRules =>
      tradingWithout(rules, name) ?? policyWithout(rules, name) ?? rules;
    const drop = (rules: Rules): Rules => {
      const left = rules.map(dropOne);
      return left.every((one, v) => one === rules[v]) ? rules : left;
    };
    const all = [...policies.values()];
    if (!all.some((rules) => drop(rules) !== rules)) {
      throw new ConfigError(['without'], `no policy has a rule of the name ${name}`);
    }
    for (const [policy, rules] of policies) {
      if (drop(rules).every((one) => ladderOf(one.policy).length > 0)) continue;
      throw new ConfigError(['without'], `${name} is the only rung of policy ${policy}`);
    }
    return { title: `without ${name}`, rules: drop };
  },
});

/** undefined: the name is none of the trading rules, or there is no such rule. */
function tradingWithout(rules: VenueRules, name: string): VenueRules | undefined {
  const { trading, latency } = rules;
  switch (name) {
    case 'fees':
      if (trading.every(({ maker_ppm, taker_ppm }) => maker_ppm === 0 && taker_ppm === 0)) return undefined;
      return { ...rules, trading: trading.map((one) => ({ ...one, maker_ppm: 0, taker_ppm: 0 })) };
    case 'collars':
      if (trading.every(({ collars }) => collars === undefined)) return undefined;
      return { ...rules, trading: trading.map(({ collars: _, ...one }) => one) };
    case 'halt':
      if (trading.every(({ halt }) => halt === undefined)) return undefined;
      return { ...rules, trading: trading.map(({ halt: _, ...one }) => one) };
    case 'batches':
      if (trading.every(({ batch_us }) => batch_us === 0)) return undefined;
      return { ...rules, trading: trading.map((one) => ({ ...one, batch_us: 0 })) };
    case 'delays':
      if (Object.values(latency).every((us) => us === 0)) return undefined;
      return { ...rules, latency: { order_us: 0, mark_us: 0, liquidation_us: 0, notice_us: 0 } };
    default:
      return undefined;
  }
}

/** undefined: the policy has no rule of that name. */
function policyWithout(rules: VenueRules, name: string): VenueRules | undefined {
  const { policy } = rules;
  const changed = (change: Partial<PolicySettings>): VenueRules => ({
    ...rules,
    policy: { ...policy, ...change },
  });
  if (name === 'liquidation_fee' && policy.liquidation_fee !== 0) return changed({ liquidation_fee: 0 });
  if (name === 'check_orders' && policy.check_orders) return changed({ check_orders: false });
  if (name === 'unwind' && policy.unwind !== undefined) {
    const { unwind: _, ...rest } = policy;
    return { ...rules, policy: rest };
  }
  const ladder = ladderOf(policy);
  const rungs = ladder.filter(({ rung }) => rung !== name);
  if (rungs.length < ladder.length) return changed({ ladder: rungs });
  const wrappers = policy.margin['wrappers'] as readonly { readonly wrapper: string }[];
  const kept = wrappers.filter(({ wrapper }) => wrapper !== name);
  if (kept.length < wrappers.length) return changed({ margin: { ...policy.margin, wrappers: kept } });
  const layers = policy.waterfall.filter(({ layer }) => layer !== name);
  return layers.length < policy.waterfall.length ? changed({ waterfall: layers }) : undefined;
}
