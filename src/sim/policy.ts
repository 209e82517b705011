/**
 * A policy: margin rule with wrappers, call ladder, waterfall, fee and fund, as an experiment file writes it, and its
 * compilation to the clearing house's rules.
 */
import { z } from 'zod';
import { ConfigError } from '../core/errors.ts';
import { share } from '../core/settings.ts';
import type { ClearingRules } from '../clearing/house.ts';
import { marginRules, marginWrappers } from '../clearing/margin/index.ts';
import type { FileReference, MarginContext, MarginRule } from '../clearing/margin/rule.ts';
import { ratePpm } from '../clearing/margin/rule.ts';
import { namedLadders, rungs } from '../clearing/rungs/index.ts';
import { lossLayers } from '../clearing/waterfall/index.ts';
import { tagged } from './tagged.ts';

const wrapperSchema = tagged('wrapper', marginWrappers);
const marginSchema = tagged('rule', marginRules, {
  wrappers: z.array(wrapperSchema).default([]).describe('Wrappers round the rule, innermost first.'),
});
const rungSchema = tagged('rung', rungs);
const layerSchema = tagged('layer', lossLayers);

export const policySchema = z.strictObject({
  margin: marginSchema.describe('How much equity positions need.'),
  ladder: z
    .union([z.enum(Object.keys(namedLadders) as [string, ...string[]]), z.array(rungSchema).min(1)])
    .default('immediate')
    .describe(
      'What happens to an account at its maintenance margin: the name of a ladder, or a list of rungs.',
    ),
  waterfall: z
    .array(layerSchema)
    .min(1)
    .default([{ layer: 'insurance' }, { layer: 'write-off' }])
    .describe('Who pays what a liquidated account still owes, in order.'),
  liquidation_fee: share()
    .prefault('0 %')
    .describe('Share of liquidated notional paid to the insurance fund.'),
  insurance_fund: z
    .number()
    .min(0)
    .default(0)
    .describe('Money in the insurance fund at the start, in units of money.'),
});

export type PolicySettings = z.output<typeof policySchema>;

type Tagged = Readonly<Record<string, unknown>>;

function find<D extends { readonly name: string }>(list: readonly D[], name: unknown): D {
  const found = list.find((definition) => definition.name === name);
  if (found === undefined) throw new ConfigError([], `unknown: ${String(name)}`);
  return found;
}

function without(value: Tagged, ...keys: readonly string[]): Tagged {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** Numbers of its own that the policy's margin rule keeps for each instrument. */
export function marginSlots(policy: PolicySettings): number {
  const margin = policy.margin as Tagged & { wrappers: readonly Tagged[] };
  return (
    (find(marginRules, margin['rule']).slots ?? 0) +
    margin.wrappers.reduce((sum, wrapper) => sum + (find(marginWrappers, wrapper['wrapper']).slots ?? 0), 0)
  );
}

/** Data files that the policy names, each with its path inside the policy. */
export function policyFiles(
  policy: PolicySettings,
): readonly (FileReference & { readonly path: (string | number)[] })[] {
  const margin = policy.margin as Tagged & { wrappers: readonly Tagged[] };
  const rule = find(marginRules, margin['rule']);
  const own = (rule.files?.(without(margin, 'rule', 'wrappers')) ?? []).map((reference) => ({
    ...reference,
    path: ['margin', reference.key],
  }));
  const wrapped = margin.wrappers.flatMap((wrapper, i) => {
    const definition = find(marginWrappers, wrapper['wrapper']);
    return (definition.files?.(without(wrapper, 'wrapper')) ?? []).map((reference) => ({
      ...reference,
      path: ['margin', 'wrappers', i, reference.key],
    }));
  });
  return [...own, ...wrapped];
}

/** True when a layer of its waterfall shares a loss among many accounts. */
export function sharesLosses(policy: PolicySettings): boolean {
  return (policy.waterfall as Tagged[]).some((entry) => find(lossLayers, entry['layer']).shares === true);
}

/** Compiles a policy. Throws ConfigError with the path inside the policy. */
export function compilePolicy(policy: PolicySettings, context: MarginContext): ClearingRules {
  return {
    margin: compileMargin(policy, context),
    ladder: ladderOf(policy).map((entry) => find(rungs, entry['rung']).compile(without(entry, 'rung'))),
    waterfall: (policy.waterfall as Tagged[]).map((entry) => {
      const layer = find(lossLayers, entry['layer']);
      return layer.compile(without(entry, 'layer'), context);
    }),
    liquidationFeePpm: ratePpm(policy.liquidation_fee),
  };
}

/** The policy's rungs with their settings; those of a named ladder are the rungs' own defaults. */
function ladderOf(policy: PolicySettings): readonly Tagged[] {
  if (typeof policy.ladder !== 'string') return policy.ladder;
  return namedLadders[policy.ladder]!.map((entry) => rungSchema.parse(entry) as Tagged);
}

function compileMargin(policy: PolicySettings, context: MarginContext): MarginRule {
  const margin = policy.margin as Tagged & { wrappers: readonly Tagged[] };
  const definition = find(marginRules, margin['rule']);
  let used = 0;
  const slice = (slots: number): Float64Array => {
    const start = used * context.instruments.length;
    used += slots;
    return context.state.subarray(start, used * context.instruments.length);
  };
  let rule = at(['margin'], () =>
    definition.compile(without(margin, 'rule', 'wrappers'), {
      ...context,
      state: slice(definition.slots ?? 0),
    }),
  );
  margin.wrappers.forEach((wrapper, i) => {
    const { slots = 0, compile } = find(marginWrappers, wrapper['wrapper']);
    rule = at(['margin', 'wrappers', i], () =>
      compile(without(wrapper, 'wrapper'), { ...context, state: slice(slots) }, rule),
    );
  });
  return rule;
}

/** Runs `work`; a ConfigError from inside gets `path` put before its own. */
export function at<T>(path: readonly (string | number)[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConfigError) throw new ConfigError([...path, ...error.path], error.message);
    throw error;
  }
}

export { tierTableSchema } from '../clearing/margin/tiered.ts';
