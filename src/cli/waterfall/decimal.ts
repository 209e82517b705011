/** Decimals at the edge: exact products and sums of what people write, and the whole quanta that the engine counts in. */
import { Decimal } from 'decimal.js';
import { MAX_EXACT } from '../../core/units.ts';
import { ConfigError } from '../../core/errors.ts';

/** Digits enough for a product of two numbers of 30 digits, in plain notation. */
export const Exact = Decimal.clone({ precision: 64, toExpNeg: -64, toExpPos: 64 });
export type Exact = Decimal;

export const ZERO = new Exact(0);
export const ONE = new Exact(1);

/** Decimals that parts are rounded to where nothing else is asked for, if the whole is not too large for it. */
const USUAL_PLACES = 8;

/** What numbers are counted in: 10^-places, fine enough for all that it is made for. */
export class Quantum {
  readonly places: number;

  /**
   * `asked`: the unit that shares are rounded to, such as 0.01; left out: 10^-8, or as fine as the sum allows. Throws
   * ConfigError when the numbers are finer than the unit, or too large to be counted exactly.
   */
  constructor(what: string, numbers: readonly Exact[], asked: Exact | undefined) {
    const total = numbers.reduce((sum, number) => sum.plus(number.abs()), ZERO);
    const needed = Math.max(0, ...numbers.map((number) => number.decimalPlaces()));
    let places = asked === undefined ? Math.max(needed, USUAL_PLACES) : asked.decimalPlaces();
    const fits = () => total.times(new Exact(10).pow(places)).lte(MAX_EXACT);
    if (asked === undefined) while (places > needed && !fits()) places--;
    this.places = places;
    if (needed > places) {
      throw new ConfigError(
        [],
        `${what}: numbers of ${needed} decimals cannot be counted in units of ${this.unit}`,
      );
    }
    if (!fits()) {
      throw new ConfigError(
        [],
        `${what} of ${total.toString()} in all cannot be counted exactly in units of ${this.unit}: ` +
          `more than 2^53; write fewer decimals`,
      );
    }
  }

  /** As written: 0.01. */
  get unit(): string {
    return new Exact(10).pow(-this.places).toString();
  }

  whole(number: Exact): number {
    return this.scaled(number).toNumber();
  }

  decimal(whole: number): Exact {
    return new Exact(whole).div(new Exact(10).pow(this.places));
  }

  private scaled(number: Exact): Exact {
    return number.times(new Exact(10).pow(this.places));
  }
}
