/**
 * An agent's parameter as a file writes it: one value for all, or a distribution from which each agent draws
 * its own.
 *
 *   leverage: 5 · { lognormal: [mean of log, sd of log], max: 50 } · { exponential: 0.5 BTC }
 *   { normal: [mean, sd] } · { uniform: [1 s, 5 s] } · { pareto: [least, exponent] } · { choice: [5, 10, 20] }
 *
 * each with `min` and `max` if wanted.
 *
 * Values inside take the parameter's unit. The logarithm of `lognormal` is of a number, so for a parameter
 * with a unit it needs `unit: BTC`, which says what is counted: { lognormal: [-1, 0.7], unit: BTC } has its
 * median at e^-1 BTC.
 */
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { log } from '../../core/maths.ts';
import { requireAtMost } from '../../core/whole.ts';
import type { Param } from '../../sim/agent.ts';
import type { Distribution } from '../../sim/distribution.ts';
import { at } from '../../sim/policy.ts';
import type { Amount, Units } from './quantity.ts';
import { baseOf, factorOf, needOf } from './quantity.ts';

const amount = z.union([z.number(), z.string()]);

const bounds = {
  min: amount.optional().describe('Draws below it become it.'),
  max: amount.optional().describe('Draws above it become it.'),
};

const distributionSchemas = [
  z.strictObject({
    lognormal: z
      .tuple([z.number(), z.number().min(0)], { error: 'needs [mean of log, sd of log]' })
      .describe('[mean of log, sd of log]'),
    unit: z.string().optional().describe('What the logarithm counts, for a parameter with a unit: BTC, s, …'),
    ...bounds,
  }),
  z.strictObject({
    normal: z.tuple([amount, amount], { error: 'needs [mean, sd]' }).describe('[mean, sd]'),
    ...bounds,
  }),
  z.strictObject({
    uniform: z.tuple([amount, amount], { error: 'needs [low, high]' }).describe('[low, high]'),
    ...bounds,
  }),
  z.strictObject({ exponential: amount.describe('Mean.'), ...bounds }),
  z.strictObject({
    pareto: z
      .tuple([amount, z.number().positive()], { error: 'needs [least, exponent]' })
      .describe('[least, exponent]: P(more than x) = (least / x)^exponent.'),
    ...bounds,
  }),
  z.strictObject({ choice: z.array(amount).min(1).describe('Each equally likely.'), ...bounds }),
] as const;

export const parameterSchema = z
  .union([z.number(), z.string(), ...distributionSchemas])
  .meta({ id: 'parameter', description: 'One value for all, or a distribution to draw each agent’s from.' });

export type WrittenParameter = z.output<typeof parameterSchema>;
type WrittenDistribution = Exclude<WrittenParameter, Amount>;

/** The law of a parameter in the engine's units. Throws ConfigError, its path from the parameter. */
export function readParameter(written: WrittenParameter, kind: Param['unit'], units: Units): Distribution {
  if (typeof written !== 'object') return { kind: 'constant', value: valueAt([], written) };
  const min = written.min === undefined ? undefined : valueAt(['min'], written.min);
  const max = written.max === undefined ? undefined : valueAt(['max'], written.max);
  if (min !== undefined && max !== undefined && max < min) {
    throw new ConfigError(['max'], 'needs to be at least min');
  }
  return {
    ...readLaw(written),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };

  /** Times come out as whole µs, all else as it is. */
  function valueAt(path: readonly (string | number)[], text: Amount): number {
    return at(path, () => {
      const value = baseOf(kind, text, units).toNumber();
      if (value < 0 && kind !== 'number' && kind !== 'share') {
        throw new ConfigError([], 'must not be negative');
      }
      if (kind === 'size') requireAtMost(value, 'lots');
      if (kind === 'money') requireAtMost(value, 'quanta');
      return kind === 'duration' ? Math.round(value) : value;
    });
  }

  function readLaw(law: WrittenDistribution): Distribution {
    if ('lognormal' in law) {
      const [mu, sigma] = law.lognormal;
      return { kind: 'lognormal', mu: mu + log(unitFactor(law.unit)), sigma };
    }
    if ('normal' in law) {
      const mean = valueAt(['normal', 0], law.normal[0]);
      const sd = valueAt(['normal', 1], law.normal[1]);
      if (sd < 0) throw new ConfigError(['normal', 1], 'must not be negative');
      return { kind: 'normal', mean, sd };
    }
    if ('uniform' in law) {
      const low = valueAt(['uniform', 0], law.uniform[0]);
      const high = valueAt(['uniform', 1], law.uniform[1]);
      if (high < low) throw new ConfigError(['uniform'], 'needs [low, high] with low at most high');
      return { kind: 'uniform', low, high };
    }
    if ('exponential' in law) {
      return { kind: 'exponential', mean: positiveAt(['exponential'], law.exponential) };
    }
    if ('pareto' in law) {
      return { kind: 'pareto', least: positiveAt(['pareto', 0], law.pareto[0]), alpha: law.pareto[1] };
    }
    return { kind: 'choice', values: law.choice.map((value, i) => valueAt(['choice', i], value)) };
  }

  function positiveAt(path: readonly (string | number)[], text: Amount): number {
    const value = valueAt(path, text);
    if (!(value > 0)) throw new ConfigError(path, 'must be above 0');
    return value;
  }

  function unitFactor(unit: string | undefined): number {
    if (unit === undefined && kind !== 'number' && kind !== 'share') {
      throw new ConfigError(
        ['unit'],
        `needs what the logarithm counts, such as ${EXAMPLE_UNIT[kind](units)}`,
      );
    }
    const factor = factorOf(kind, unit ?? '', units);
    if (factor === undefined) {
      throw new ConfigError(['unit'], `must fit a parameter that ${needOf(kind, units)}`);
    }
    return factor.toNumber();
  }
}

const EXAMPLE_UNIT = {
  duration: () => 's',
  rate: () => 'per s',
  size: (units: Units) => (units.base === '' ? "'' (lots)" : units.base),
  money: (units: Units) => units.money,
} as const;
