/** What is done to the market: purchases and sales of many sizes, one large order, a fall of the price on other venues. */
import { SECOND } from '../../core/units.ts';
import type { Distribution } from '../../sim/agent/distribution.ts';
import type { Scenario } from '../../sim/scenario/scenario.ts';
import type { Shock } from '../../sim/shocks/shock.ts';
import { tradeProgramme } from '../../sim/shocks/sell-programme.ts';
import { valueMove } from '../../sim/shocks/value-jump.ts';
import { START_S } from './treat.ts';

/** Time of a programme. */
export const OVER_S = 30;
/** When what is left of its impact is looked at: two minutes after its end. */
export const LATER_S = OVER_S + 120;

/** Values of programmes of an order a second, millions of units of money. */
export const SIZES_M = [0.3, 1, 3, 10, 30, 100];
/** The size that is split more finely, too, and how many orders a second. */
export const SPLIT_M = 10;
export const ORDERS_A_SECOND = [1, 10, 100];
/** The one large order, and how long the book is watched after it. */
export const SINGLE_M = 30;
export const RECOVERY_S = Array.from({ length: 301 }, (_, second) => second);
/** Looks at the spread are closer. */
export const SPREAD_S = Array.from({ length: 301 }, (_, tenth) => tenth / 10);

/** The fall elsewhere, within a time; when the price must have followed it. */
const FALL = 0.03;
export const FOLLOWED_S = OVER_S + 10;

/** So many million units of money (negative: sold), in so many orders over `OVER_S`; one order if 0 a second. */
export function programme(millions: number, ordersASecond: number, quantaPerUnit: number): Shock {
  return tradeProgramme({
    at_us: START_S * SECOND,
    slices: Math.max(1, OVER_S * ordersASecond),
    every_us: ordersASecond === 0 ? SECOND : Math.round(SECOND / ordersASecond),
    quanta: Math.round(millions * 1e6 * quantaPerUnit),
    instrument: 0,
  });
}

export function fall(): Shock {
  return valueMove({
    at_us: START_S * SECOND,
    steps: OVER_S * 10,
    every_us: SECOND / 10,
    change: -FALL,
    instrument: 0,
  });
}

/** The same market whose makers and providers of depth never withdraw. */
export function withoutWithdrawal(scenario: Scenario): Scenario {
  const never: Distribution = { kind: 'constant', value: 1e9 };
  const groups = scenario.groups.map((group) =>
    'withdraw_above' in group.params
      ? { ...group, params: { ...group.params, withdraw_above: never } }
      : group,
  );
  return { ...scenario, groups };
}
