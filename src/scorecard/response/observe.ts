/** All treatments of one market on one luck, as rows of numbers that answers are computed from. */
import type { Scenario } from '../../sim/scenario/scenario.ts';
import type { Seen } from './treat.ts';
import { Treatment } from './treat.ts';
import {
  fall,
  FOLLOWED_S,
  LATER_S,
  ORDERS_A_SECOND,
  OVER_S,
  programme,
  RECOVERY_S,
  SINGLE_M,
  SIZES_M,
  SPLIT_M,
  SPREAD_S,
  withoutWithdrawal,
} from './treatments.ts';

const SIDES = [-1, 1] as const;

/** What was seen on one luck. Impacts: shares of the price, mean of a purchase and a sale. */
export interface Responses {
  /** By size, at the end of the programme; and of `SPLIT_M`, two minutes later. */
  readonly impact: readonly number[];
  readonly later: number;
  /** Of `SPLIT_M`, by orders a second. */
  readonly split: readonly number[];
  /** Depth within 1 % of the price before on the side that was hit, over that without the order, by `RECOVERY_S`. */
  readonly depth: readonly number[];
  /** Ticks by which the spread is wider than without the order, by `SPREAD_S`. */
  readonly spread: readonly number[];
  /** Share of the fall elsewhere that the price has followed. */
  readonly followed: number;
}

interface Watched {
  readonly looks_s: readonly number[];
  readonly treatment: Treatment;
}

interface Pair {
  readonly buys: Watched;
  readonly sells: Watched;
}

/** Every treatment of a market, each in a world of its own. */
export class Responder {
  readonly #base: Watched;
  readonly #sizes: readonly Pair[];
  readonly #splits: readonly Pair[];
  readonly #single: Pair;
  readonly #calm: Watched;
  readonly #fall: Watched;

  constructor(scenario: Scenario) {
    const pair = (millions: number, ordersASecond: number, looks_s: readonly number[]): Pair => {
      const [sells, buys] = SIDES.map((side) => ({
        looks_s,
        treatment: new Treatment(
          scenario,
          programme(side * millions, ordersASecond, scenario.quantaPerUnit),
          looks_s,
        ),
      }));
      return { sells: sells!, buys: buys! };
    };
    const recovery = risingUnion(RECOVERY_S, SPREAD_S);
    const looks = risingUnion(recovery, [OVER_S, LATER_S]);
    const steady = withoutWithdrawal(scenario);
    this.#base = { looks_s: looks, treatment: new Treatment(scenario, undefined, looks) };
    this.#sizes = SIZES_M.map((millions) =>
      pair(millions, 1, millions === SPLIT_M ? [OVER_S, LATER_S] : [OVER_S]),
    );
    this.#splits = ORDERS_A_SECOND.slice(1).map((orders) => pair(SPLIT_M, orders, [OVER_S]));
    this.#single = pair(SINGLE_M, 0, recovery);
    this.#calm = { looks_s: [FOLLOWED_S], treatment: new Treatment(steady, undefined, [FOLLOWED_S]) };
    this.#fall = { looks_s: [FOLLOWED_S], treatment: new Treatment(steady, fall(), [FOLLOWED_S]) };
  }

  run(seed: string): Responses {
    const base = this.#base.treatment.run(seed);
    const baseAt = (time: number): number => this.#base.looks_s.indexOf(time);
    const seenBy = (pair: Pair) => ({
      sold: pair.sells.treatment.run(seed),
      bought: pair.buys.treatment.run(seed),
    });
    const impactOf = ({ sold, bought }: ReturnType<typeof seenBy>, pair: Pair, time: number): number => {
      const at = pair.sells.looks_s.indexOf(time);
      const middle = base.middle[baseAt(time)]!;
      return (bought.middle[at]! - sold.middle[at]!) / (2 * middle);
    };
    const sizes = this.#sizes.map((pair) => {
      const seen = seenBy(pair);
      return (time: number) => impactOf(seen, pair, time);
    });
    const impact = sizes.map((impactAt) => impactAt(OVER_S));
    const splits = this.#splits.map((pair) => impactOf(seenBy(pair), pair, OVER_S));
    const whole = sizes[SIZES_M.indexOf(SPLIT_M)]!;
    return {
      impact,
      later: whole(LATER_S),
      split: [whole(OVER_S), ...splits],
      ...this.#recovery(base, seenBy(this.#single)),
      followed: this.#followed(seed),
    };
  }

  #recovery(
    base: Seen,
    { sold, bought }: { readonly sold: Seen; readonly bought: Seen },
  ): Pick<Responses, 'depth' | 'spread'> {
    const at = (time: number): number => this.#single.sells.looks_s.indexOf(time);
    const baseAt = (time: number): number => this.#base.looks_s.indexOf(time);
    const [bids, asks] = [0, 1] as const;
    return {
      depth: RECOVERY_S.map((time) => {
        const of = (seen: Seen, side: 0 | 1): number =>
          seen.depth[side][at(time)]! / base.depth[side][baseAt(time)]!;
        return (of(sold, bids) + of(bought, asks)) / 2;
      }),
      spread: SPREAD_S.map(
        (time) => (sold.spread[at(time)]! + bought.spread[at(time)]!) / 2 - base.spread[baseAt(time)]!,
      ),
    };
  }

  #followed(seed: string): number {
    const calm = this.#calm.treatment.run(seed);
    const fallen = this.#fall.treatment.run(seed);
    return (fallen.middle[0]! - calm.middle[0]!) / (fallen.index[0]! - calm.index[0]!);
  }
}

function risingUnion(a: readonly number[], b: readonly number[]): number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}
