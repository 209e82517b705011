/**
 * A policy: margin rule with wrappers, call ladder, waterfall, fee and fund, as an experiment file writes it, and its
 * compilation to the clearing house's rules.
 */
import { z } from 'zod';
import { at, ConfigError } from '../../core/errors.ts';
import { duration, money, multiple, share } from '../../core/settings.ts';
import type { ClearingRules } from '../calls/house.ts';
import type { LiquidationFee } from '../calls/liquidation-fee.ts';
import { flatFee } from '../calls/liquidation-fee.ts';
import type { FileReference, MarginContext } from '../margin/rule.ts';
import { PPM, ratePpm } from '../margin/rule.ts';
import { additive } from '../risk/additive.ts';
import { namedLadders, rungs } from '../calls/rungs/index.ts';
import type { Rung } from '../calls/rungs/rung.ts';
import { compileLayer, lossLayers } from '../waterfall/index.ts';
import type { LossContext, LossLayer } from '../waterfall/layer.ts';
import type { Tagged } from './margin.ts';
import { compileMargin, marginFiles, marginSchema, marginSlots as slotsOfMargin, without } from './margin.ts';
import { tagged } from '../../core/tagged.ts';

/** The code of the layer that takes all. */
const WRITE_OFF = 0;

const rungSchema = tagged('rung', rungs);
const layerSchema = tagged('layer', lossLayers);

export const policySchema = z.strictObject({
  margin: marginSchema.describe('How much equity positions need.'),
  ladder: z
    .union([z.enum(Object.keys(namedLadders) as [string, ...string[]]), z.array(rungSchema).min(1)])
    .default('immediate')
    .describe(
      'What happens to an account at its maintenance margin: the name of a ladder, or a list of rungs, none at a higher level ' +
        'than the one before.',
    ),
  waterfall: z
    .array(layerSchema)
    .min(1)
    .default([{ layer: 'insurance' }, { layer: 'write-off' }])
    .describe('Who pays what a liquidated account still owes, in order.'),
  liquidation_fee: z
    .union([
      share(),
      z.strictObject({
        base: share().describe('Share of liquidated notional at first.'),
        rise: share().describe('What is added for each second from the breach to the order.'),
        grace: duration().prefault('0 s').describe('Time from the breach in which it stays at the base.'),
        most: share().prefault('100 %').describe('It rises no further.'),
      }),
    ])
    .prefault('0 %')
    .describe(
      'Share of liquidated notional paid to the insurance fund; { base, rise, grace, most }: one that rises with time.',
    ),
  unwind: z
    .strictObject({
      every: duration({ positive: true }).prefault('5 s').describe('Time between two orders.'),
      share: share({ above: 0, most: 1 }).prefault('10 %').describe('Part of what is left in one order.'),
    })
    .optional()
    .describe('How fund and vault close in the book what they took over; if left out they keep it.'),
  release: multiple({ least: 1 })
    .prefault('100 %')
    .describe(
      'Equity below which nothing is given back, in maintenance requirements (or the initial margin, if more).',
    ),
  check_orders: z
    .boolean()
    .default(true)
    .describe(
      'True: an order enters only if equity covers the initial margin of what it could lead to at worst.',
    ),
  insurance_fund: money().default(0).describe('Money in the insurance fund at the start, in units of money.'),
});

export type PolicySettings = z.output<typeof policySchema>;

/** Numbers of its own that the policy's margin keeps for each instrument. */
export function marginSlots(policy: PolicySettings): number {
  return at(['margin'], () => slotsOfMargin(policy.margin));
}

/** Data files that the policy names, each with its path inside the policy. */
export function policyFiles(
  policy: PolicySettings,
): readonly (FileReference & { readonly path: (string | number)[] })[] {
  return marginFiles(policy.margin).map((file) => ({ ...file, path: ['margin', ...file.path] }));
}

/** True if a loss may fall on many accounts at once, and the log of losses has a row for each. */
export function sharesLosses(policy: PolicySettings): boolean {
  return (policy.waterfall as Tagged[]).some((entry) => lossLayers.get(entry['layer']).shares === true);
}

/** True if the waterfall has a default fund, whose members have a row each. */
export function hasMembers(policy: PolicySettings): boolean {
  return (policy.waterfall as Tagged[]).some((entry) => lossLayers.get(entry['layer']).members === true);
}

function layersOf(policy: PolicySettings, context: LossContext): LossLayer[] {
  const layers = (policy.waterfall as Tagged[]).map((entry, i) =>
    at(['waterfall', i], () => compileLayer(entry['layer'], without(entry, 'layer'), context)),
  );
  layers.forEach((layer, i) => {
    // Its account would get the capital of both.
    if (layer.open !== undefined && layers.findIndex(({ code }) => code === layer.code) < i)
      throw new ConfigError(['waterfall', i], 'brings its own capital, and stands in the list already');
    if (layer.code === WRITE_OFF && i + 1 < layers.length)
      throw new ConfigError(['waterfall', i], 'must be the last layer: it leaves nothing to those after it');
  });
  return layers;
}

/**
 * True if accounts are looked at above their maintenance margin. Where that level asks for more than the whole position, a
 * long breaks when its mark rises.
 */
export function looksAbove(policy: PolicySettings): boolean {
  return compileLadder(policy).some(({ at_ppm }) => at_ppm > PPM);
}

/** Compiles a policy. Throws ConfigError with the path inside the policy. */
export function compilePolicy(policy: PolicySettings, context: MarginContext): ClearingRules {
  return {
    margin: additive(at(['margin'], () => compileMargin(policy.margin, context))),
    ladder: compileLadder(policy),
    waterfall: layersOf(policy, context),
    liquidationFee: feeOf(policy.liquidation_fee),
    releasePpm: ratePpm(policy.release),
    checksOrders: policy.check_orders,
    ...(policy.unwind && {
      unwind: { every_us: policy.unwind.every, share_ppm: ratePpm(policy.unwind.share) },
    }),
  };
}

/** Rungs in the order in which an account comes to them: from the highest level down. */
function compileLadder(policy: PolicySettings): Rung[] {
  const ladder = ladderOf(policy).map((entry, i) =>
    at(['ladder', i], () => rungs.get(entry['rung']).compile(without(entry, 'rung') as never)),
  );
  ladder.forEach(({ at_ppm }, i) => {
    const before = ladder[i - 1]?.at_ppm ?? Infinity;
    if (at_ppm <= before) return;
    const why = `${at_ppm / 10_000} % is a higher level than the ${before / 10_000} % of the rung before`;
    throw new ConfigError(['ladder', i, 'at'], `${why}; list rungs from the highest level down`);
  });
  return ladder;
}

function feeOf(written: PolicySettings['liquidation_fee']): LiquidationFee {
  if (typeof written === 'number') return flatFee(ratePpm(written));
  const { base, rise, grace, most } = written;
  if (most < base) throw new ConfigError(['liquidation_fee', 'most'], 'must not be below base');
  const [base_ppm, rise_ppm, most_ppm] = [ratePpm(base), ratePpm(rise), ratePpm(most)];
  return { base_ppm, rise_ppm, grace_us: grace, most_ppm };
}

/** The policy's rungs with their settings; those of a named ladder are the rungs' own defaults. */
export function ladderOf(policy: PolicySettings): readonly Tagged[] {
  if (typeof policy.ladder !== 'string') return policy.ladder;
  return namedLadders[policy.ladder]!.map((entry) => rungSchema.parse(entry) as Tagged);
}
