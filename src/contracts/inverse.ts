/**
 * Inverse contract: the size is an amount of money, margin and profit are in the coin.
 *   coins = n · F / (p · k),   a buyer's gain in coins from p to p′ = n · F / k · (1/p − 1/p′)
 * n: lots; F: face value of a lot, quanta of money; p: price, ticks; k = up / down: quanta of money per quantum of the coin
 * and tick. Coins that change hands are rounded to the nearest quantum (halves up), the same for both sides. Source: BitMEX,
 * Inverse and Linear Contracts; Deribit, Inverse futures.
 *
 * A long has bought coins for money that it owes, n · F. So an account that holds C coins (its margin, and what trades have
 * brought) is worth ⌊C · p · k⌋ − n · F in money at a price: a straight line in the price, whose slope are the coins.
 */
import { ConfigError } from '../core/errors.ts';
import { quotientOf, remainderOf } from '../core/exact.ts';
import { number } from '../core/settings.ts';
import { MAX_EXACT } from '../core/units.ts';
import { Exact, MOST } from '../core/whole.ts';
import type { Coin, Contract, ContractTerms } from './contract.ts';
import { defineContract } from './contract.ts';

export interface InverseTerms extends ContractTerms {
  readonly kind: 'inverse';
  /** Face value of a lot, quanta of money, an integer. */
  readonly face: number;
  /** A quantum of the coin is worth price · up / down quanta of money; integers. */
  readonly up: number;
  readonly down: number;
}

class InverseContract implements Contract {
  readonly coin: Coin;
  readonly #face: number;
  readonly #up: number;
  readonly #down: number;

  constructor({ face, up, down }: InverseTerms) {
    this.#face = face;
    this.#up = up;
    this.#down = down;
    this.coin = {
      money: (coins, price) => this.#money(coins, price),
      bought: (money, price) => quotient(money, down, price * up),
      owed: (lots) => 0 - lots * face,
    };
  }

  value(lots: number, price: number): number {
    const size = lots < 0 ? -lots : lots;
    // ⌊x + ½⌋ = ⌊(⌊2x⌋ + 1) / 2⌋
    const twice = quotient(size * this.#face, 2 * this.#down, price * this.#up);
    const coins = Math.floor((twice + 1) / 2);
    return lots < 0 ? coins : 0 - coins;
  }

  notional(lots: number): number {
    return lots * this.#face;
  }

  gain(lots: number, from: number, to: number): number {
    return this.#part(lots, to - from, from);
  }

  dearer(lots: number, mark: number, price: number): number {
    return this.#part(lots, price - mark, price);
  }

  /** n · F · (x − mark) / x = quanta has the solution x − mark = mark · quanta / (n · F − quanta), if there is one above 0. */
  move(lots: number, mark: number, quanta: number): number {
    const left = lots * this.#face - quanta;
    return left > 0 === lots > 0 && left !== 0 ? (mark * quanta) / left : Infinity;
  }

  #money(coins: number, price: number): number {
    const size = coins < 0 ? -coins : coins;
    const value = price * this.#up;
    const down = quotient(size, value, this.#down);
    if (coins >= 0) return down;
    if (down > MAX_EXACT) return -down;
    return remainderOf(size, value, this.#down, down) > 0 ? -down - 1 : 0 - down;
  }

  /** n · F · by / of, to the nearest quantum, halves away from 0. */
  #part(lots: number, by: number, of: number): number {
    const size = (lots < 0 ? -lots : lots) * this.#face;
    const twice = quotient(size, 2 * (by < 0 ? -by : by), of);
    const part = Math.floor((twice + 1) / 2);
    return lots < 0 === by < 0 ? part : 0 - part;
  }
}

/** ⌊a · b / c⌋; beyond what is exact, where no money may be but the watch looks, near enough. */
function quotient(a: number, b: number, c: number): number {
  const about = (a * b) / c;
  return about <= MAX_EXACT ? quotientOf(a, b, c) : about;
}

/** Part of a lot's face value that money must tell apart, as nothing depends on the price. */
const FINE = '0.0001';

/** Fewest quanta of the coin in a lot at the first price: a trade is then rounded to less than a thousandth. */
const LEAST_COINS = 1000;

export const inverseKind = defineContract({
  kind: 'inverse',
  about:
    'Sized in money, with margin and profit in the coin: a fall costs a long the more coins the lower the price.',
  settings: {
    coin_quantum: number({ above: 0, most: 1 })
      .default(1e-8)
      .describe('Smallest amount of the coin, to which a trade is rounded.'),
  },
  lotsIn: 'money',
  finest: ({ lot }) => lot.times(FINE),
  terms({ coin_quantum }, { tick, lot, quantaPerUnit }): InverseTerms {
    const [up, down] = new Exact(coin_quantum).times(tick).times(quantaPerUnit).toFraction();
    if (up!.gt(MOST.lots) || down!.gt(MOST.quanta / 16))
      throw new ConfigError(
        ['coin_quantum'],
        'a quantum of the coin is too fine or too coarse; use a rounder coin_quantum',
      );
    const face = lot.times(quantaPerUnit).toNumber();
    return { kind: 'inverse', face, up: up!.toNumber(), down: down!.toNumber() };
  },
  check({ face, up, down }, price) {
    const coins = (face * down) / (up * price);
    if (coins >= LEAST_COINS) return;
    const few = `a lot is ${coins.toPrecision(3)} quanta of the coin at the first price, which needs ${LEAST_COINS} or more`;
    throw new ConfigError(['coin_quantum'], `${few}; use a smaller coin_quantum or a larger lot`);
  },
  compile: (terms) => new InverseContract(terms),
});
