/** A requirement times a number that changes in time, between two bounds: what the adaptive wrappers share. */
import { ConfigError } from '../../core/errors.ts';
import { duration, factor } from '../../core/settings.ts';
import type { MarginRule, RuleContext } from './rule.ts';
import { notionalOf, PPM, ratePpm, scaled } from './rule.ts';

export const multiplierSettings = {
  least: factor({ above: 0 }).default(1).describe('Lowest multiplier.'),
  most: factor({ above: 0 }).default(3).describe('Highest multiplier.'),
  interval: duration({ positive: true })
    .prefault('1 min')
    .describe('Simulated time between updates, where the rule has none of its own.'),
} as const;

interface Bounds {
  readonly least: number;
  readonly most: number;
}

export interface Multiplier {
  readonly rule: MarginRule;
  /** Sets the multiplier, cut to the bounds; true if it has changed. What is no number or infinite counts as `most`. */
  set(instrument: number, value: number): boolean;
}

/** The rule with its requirement multiplied by the wrapper's one term, ppm; never beyond the whole position. */
export function scaledRule(
  { instruments, computed, inForce }: RuleContext,
  inner: MarginRule,
  { least, most }: Bounds,
): Multiplier {
  if (least > most) throw new ConfigError(['least'], `must not be above most, ${most}`);
  const notional = notionalOf(instruments);
  return {
    rule: {
      ...inner,
      maintenance: (instrument, lots, mark) =>
        scaled(
          inner.maintenance(instrument, lots, mark),
          inForce[instrument]!,
          notional(instrument, lots, mark),
        ),
      initial: (instrument, lots, mark) =>
        scaled(inner.initial(instrument, lots, mark), inForce[instrument]!, notional(instrument, lots, mark)),
      rate(instrument) {
        const rate = (inner.rate(instrument) * computed[instrument]!) / PPM;
        return rate < PPM ? rate : PPM;
      },
    },
    set(instrument, value) {
      const before = computed[instrument];
      computed[instrument] = ratePpm(value < most ? (value > least ? value : least) : most);
      return computed[instrument] !== before;
    },
  };
}
