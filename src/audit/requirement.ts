/**
 * Margin requirements from a policy's own words: what each rule and wrapper publishes as its formula, in whole numbers, with
 * the numbers in force (of rules with state) as the journal recorded them.
 */
import { Decimal } from 'decimal.js';
import { least, most, PPM, ppmUp, share } from './arithmetic.ts';
import type { Context, Formula, Requirement } from './formula.ts';
import { setting } from './formula.ts';
import type { Payoff } from './payoff.ts';
import { payoffOf } from './payoff.ts';
import type { Settings, Terms } from './terms.ts';
import { WRAPPERS } from './wrappers.ts';

/** The number in force, in the order of the journal's terms. */
export type InForce = (instrument: number, term: number) => number;

/** Why a requirement cannot be recomputed. */
export class Unknown {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** The requirement of a policy's margin block; Unknown where a number that it needs is neither written nor recorded. */
export function requirementOf(margin: Settings, terms: Terms, inForce: InForce): Requirement | Unknown {
  const payoffs = terms.instruments.map(payoffOf);
  const value: Formula = (instrument, lots, mark) => payoffs[instrument]!.notional(lots, mark);
  let used = 0;
  const context = (hasTerm: boolean): Context => {
    const term = used;
    if (hasTerm) used++;
    return { terms, value, inForce: (instrument) => inForce(instrument, term) };
  };
  const rule = RULES[String(margin['rule'])];
  if (rule === undefined) return new Unknown(`margin rule ${String(margin['rule'])}`);
  let requirement = rule.build(margin, context(rule.hasTerm));
  for (const settings of margin['wrappers'] as readonly Settings[]) {
    const name = String(settings['wrapper']);
    const wrapper = WRAPPERS[name];
    const wrapped = wrapper?.build(settings, context(wrapper.hasTerm), requirement);
    if (wrapped === undefined)
      return new Unknown(`margin wrapper ${name}, whose rate is not in the manifest`);
    requirement = wrapped;
  }
  return withOwned(requirement, payoffs, (margin['spot_haircut'] as number | undefined) ?? 0);
}

/** What is owned is paid in full, and counts for its value less a haircut. */
function withOwned(rule: Requirement, payoffs: readonly Payoff[], haircut: number): Requirement {
  const ppm = least(ppmUp(haircut), PPM);
  const unless = (i: number, owned: () => bigint, other: () => bigint): bigint =>
    payoffs[i]!.owned ? owned() : other();
  return {
    maintenance: (i, lots, mark) =>
      unless(
        i,
        () => share(payoffs[i]!.notional(lots, mark), ppm),
        () => rule.maintenance(i, lots, mark),
      ),
    initial: (i, lots, mark) =>
      unless(
        i,
        () => payoffs[i]!.notional(lots, mark),
        () => rule.initial(i, lots, mark),
      ),
    ...(rule.stepDown && {
      stepDown: (i, lots, mark, tiers) =>
        unless(
          i,
          () => 0n,
          () => rule.stepDown!(i, lots, mark, tiers),
        ),
    }),
  };
}

interface Rule {
  readonly hasTerm: boolean;
  readonly build: (settings: Settings, context: Context) => Requirement;
}

/** MM = ⌈N · rate⌉, IM = ⌈MM · factor⌉, the rate in force recorded. */
const changingRate: Rule = {
  hasTerm: true,
  build(settings, { value, inForce }) {
    const factor = ppmUp(setting(settings, 'initial_factor'));
    const maintenance: Formula = (i, lots, mark) => share(value(i, lots, mark), BigInt(inForce(i)));
    return { maintenance, initial: (i, lots, mark) => share(maintenance(i, lots, mark), factor) };
  },
};

export const RULES: Readonly<Record<string, Rule>> = {
  flat: {
    hasTerm: false,
    build(settings, { value }) {
      const leverage = setting(settings, 'leverage');
      const written = settings['maintenance_rate'] as number | undefined;
      const rate = ppmUp(written ?? new Decimal(0.5).div(leverage));
      const initial = most(ppmUp(new Decimal(1).div(leverage)), rate);
      return {
        maintenance: (i, lots, mark) => share(value(i, lots, mark), rate),
        initial: (i, lots, mark) => share(value(i, lots, mark), initial),
      };
    },
  },
  tiered: { hasTerm: false, build: (settings, context) => tiered(settings, context) },
  'size-slope': {
    hasTerm: false,
    build(settings, { value, terms }) {
      const by = (base: string): Formula => {
        const slopes = terms.instruments.map(({ lot }) => new Decimal(setting(settings, 'slope')).times(lot));
        return (i, lots, mark) => {
          const rate = slopes[i]!.times(lots.toString()).plus(setting(settings, base));
          return share(value(i, lots, mark), least(ppmUp(rate), PPM));
        };
      };
      return { maintenance: by('maintenance_rate'), initial: by('initial_rate') };
    },
  },
  'open-interest': {
    hasTerm: true,
    build(settings, { value, inForce }) {
      const base = new Decimal(setting(settings, 'initial_rate'));
      const rate = ppmUp(base.times(setting(settings, 'maintenance_fraction')));
      return {
        maintenance: (i, lots, mark) => share(value(i, lots, mark), rate),
        initial: (i, lots, mark) => share(value(i, lots, mark), BigInt(inForce(i))),
      };
    },
  },
  'ewma-var': changingRate,
  historical: changingRate,
  'filtered-historical': changingRate,
  stress: {
    hasTerm: false,
    build(settings, { value }) {
      const moves = (settings['moves'] as readonly number[]).map((move) => Math.abs(move));
      const worst = least(ppmUp(Math.max(...moves)), PPM);
      const factor = ppmUp(setting(settings, 'initial_factor'));
      const maintenance: Formula = (i, lots, mark) => share(value(i, lots, mark), worst);
      return { maintenance, initial: (i, lots, mark) => share(maintenance(i, lots, mark), factor) };
    },
  },
};

/** MM = ⌈N · rate⌉ − amount in the first tier whose cap is not below N; IM = ⌈N / leverage⌉, not below MM. */
function tiered(settings: Settings, { value, terms }: Context): Requirement {
  const written = settings['tiers'];
  const rows = typeof written === 'string' ? terms.tiers[written]! : (written as readonly number[][]);
  const tiers = rows[0]!.length === 5 ? published(rows, terms) : byLeverage(rows, terms);
  const indexOf = (notional: bigint): number => {
    const found = tiers.findIndex(({ cap }) => cap === undefined || notional <= cap);
    return found;
  };
  const maintenance: Formula = (i, lots, mark) => {
    const notional = value(i, lots, mark);
    const tier = tiers[indexOf(notional)]!;
    return share(notional, tier.rate) - tier.amount;
  };
  return {
    maintenance,
    initial(i, lots, mark) {
      const notional = value(i, lots, mark);
      return most(share(notional, tiers[indexOf(notional)]!.initial), maintenance(i, lots, mark));
    },
    stepDown(i, lots, mark, down) {
      const target = indexOf(value(i, lots, mark)) - down;
      return target < 0 ? 0n : tiers[target]!.cap! / value(i, 1n, mark);
    },
  };
}

interface Tier {
  /** Undefined: the last one goes on. */
  readonly cap: bigint | undefined;
  readonly rate: bigint;
  readonly initial: bigint;
  readonly amount: bigint;
}

const quanta = (money: Decimal.Value, { quanta_per_unit }: Terms): bigint =>
  BigInt(new Decimal(money).times(quanta_per_unit).round().toFixed(0));

/** Rows of [floor, cap, rate, leverage, amount]. */
function published(rows: readonly (readonly number[])[], terms: Terms): Tier[] {
  return rows.map(([, cap, rate, leverage, amount], i) => ({
    cap: i === rows.length - 1 ? undefined : quanta(cap!, terms),
    rate: ppmUp(rate!),
    initial: ppmUp(new Decimal(1).div(leverage!)),
    amount: quanta(amount!, terms),
  }));
}

/** Rows of [floor, leverage]: the rate is half the initial one, amounts make the requirement continuous. */
function byLeverage(rows: readonly (readonly number[])[], terms: Terms): Tier[] {
  let amount = new Decimal(0);
  let before = 0n;
  return rows.map(([floor, leverage], i) => {
    const rate = ppmUp(new Decimal(0.5).div(leverage!));
    if (i > 0) amount = amount.plus(new Decimal(floor!).times((rate - before).toString()).div(1e6));
    before = rate;
    const next = rows[i + 1]?.[0];
    return {
      cap: next === undefined ? undefined : quanta(next, terms),
      rate,
      initial: ppmUp(new Decimal(1).div(leverage!)),
      amount: quanta(amount, terms),
    };
  });
}
