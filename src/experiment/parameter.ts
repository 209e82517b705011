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
import { amount, number, timeInWords } from '../core/settings.ts';
import { at, ConfigError } from '../core/errors.ts';
import { exp, log } from '../core/maths.ts';
import type { Ends } from '../core/ranges.ts';
import { inWords, isWithin, shortNumber } from '../core/ranges.ts';
import type { Param } from '../sim/agent/agent.ts';
import type { Distribution } from '../sim/agent/distribution.ts';
import type { Amount, Units } from './quantity.ts';
import { baseOf, factorOf, needOf } from './quantity.ts';

const bounds = {
  min: amount.optional().describe('Draws below it become it.'),
  max: amount.optional().describe('Draws above it become it.'),
};

const distributionSchemas = [
  z.strictObject({
    lognormal: z
      .tuple([number(), number({ least: 0, most: 100 })], { error: 'needs [mean of log, sd of log]' })
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
      .tuple([amount, number({ least: 0.01, most: 1000 })], { error: 'needs [least, exponent]' })
      .describe('[least, exponent]: P(more than x) = (least / x)^exponent.'),
    ...bounds,
  }),
  z.strictObject({ choice: z.array(amount).min(1).describe('Each equally likely.'), ...bounds }),
] as const;

export const parameterSchema = z
  .union([...amount.options, ...distributionSchemas])
  .meta({ id: 'parameter', description: 'One value for all, or a distribution to draw each agent’s from.' });

export type WrittenParameter = z.output<typeof parameterSchema>;
type WrittenDistribution = Exclude<WrittenParameter, Amount>;

/**
 * The law of a parameter in the engine's units, cut to the parameter's range: its middle must lie inside, its tails may
 * not. Throws ConfigError, its path from the parameter.
 */
export function readParameter(
  written: WrittenParameter,
  { unit: kind, range: declared }: Pick<Param, 'unit' | 'range'>,
  units: Units,
): Distribution {
  const range = inBaseUnits(declared, kind, units);
  if (typeof written !== 'object') return { kind: 'constant', value: valueAt([], written) };
  const min = written.min === undefined ? range.least : valueAt(['min'], written.min);
  const max = written.max === undefined ? range.most : valueAt(['max'], written.max);
  if (max < min) throw new ConfigError(['max'], 'needs to be at least min');
  return { ...readLaw(written), min, max };

  /** A value in the parameter's range. Times come out as whole µs, all else as it is. */
  function valueAt(path: readonly (string | number)[], text: Amount): number {
    const value = baseAt(path, text);
    if (isWithin(range, value)) return value;
    const words = inWords(range, (end) => endInWords(kind, end, units));
    throw new ConfigError(path, value < 0 && range.least >= 0 ? 'must not be negative' : `must be ${words}`);
  }

  function baseAt(path: readonly (string | number)[], text: Amount): number {
    const value = at(path, () => baseOf(kind, text, units)).toNumber();
    return kind === 'duration' ? Math.round(value) : value;
  }

  /** A standard deviation: as wide as the range at most. */
  function spreadAt(path: readonly (string | number)[], text: Amount): number {
    const value = baseAt(path, text);
    if (value < 0) throw new ConfigError(path, 'must not be negative');
    const most = range.most - range.least;
    if (value > most) throw new ConfigError(path, `must be at most ${endInWords(kind, most, units)}`);
    return value;
  }

  function readLaw(law: WrittenDistribution): Distribution {
    if ('lognormal' in law) {
      const [mean, sigma] = law.lognormal;
      const mu = mean + log(unitFactor(law.unit));
      if (!isWithin(range, exp(mu))) {
        const words = inWords(range, (end) => endInWords(kind, end, units));
        throw new ConfigError(['lognormal', 0], `its median must be ${words}`);
      }
      return { kind: 'lognormal', mu, sigma };
    }
    if ('normal' in law) {
      const mean = valueAt(['normal', 0], law.normal[0]);
      const sd = spreadAt(['normal', 1], law.normal[1]);
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
    if (unit === undefined && !(kind in PLAIN)) {
      throw new ConfigError(
        ['unit'],
        `needs what the logarithm counts, such as ${EXAMPLE_UNIT[kind as keyof typeof EXAMPLE_UNIT](units)}`,
      );
    }
    const factor = factorOf(kind, unit ?? '', units);
    if (factor === undefined) {
      throw new ConfigError(['unit'], `must fit a parameter that ${needOf(kind, units)}`);
    }
    return factor.toNumber();
  }
}

/** Most money of one agent, quanta: of thousands the sum is still exact. */
const MOST_QUANTA = 1e15;

/** Kinds without a unit. */
const PLAIN = { number: true, share: true, change: true, factor: true, leverage: true };

const EXAMPLE_UNIT = {
  duration: () => 's',
  rate: () => 'per s',
  size: (units: Units) => (units.base === '' ? "'' (lots)" : units.base),
  money: (units: Units) => units.money,
} as const;

/** A parameter's range in µs, lots, quanta, …: money is declared in units of it. */
function inBaseUnits({ least, most }: Ends, kind: Param['unit'], { quantaPerUnit }: Units): Ends {
  if (kind !== 'money') return { least, most };
  return { least: least * quantaPerUnit, most: Math.min(most * quantaPerUnit, MOST_QUANTA) };
}

/** An end of a range as a file would write it. */
function endInWords(kind: Param['unit'], value: number, units: Units): string {
  switch (kind) {
    case 'duration':
      return timeInWords(value);
    case 'rate':
      return `${shortNumber(value)} per s`;
    case 'size':
      return `${shortNumber(value)} lots`;
    case 'money':
      return `${shortNumber(value / units.quantaPerUnit)} ${units.money}`;
    default:
      return shortNumber(value);
  }
}
