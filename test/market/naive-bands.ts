/** Collars and halt band from the whole history of prices. */
import type { Side } from '../../src/market/book.ts';
import type { MarketRules } from '../../src/market/reports.ts';

const PPM = 1_000_000;

export class NaiveBands {
  #opening = 0;
  /** Prices with the part of time that they belong to. */
  #history: { part: number; price: number }[] = [];
  readonly #rules: MarketRules;

  constructor(rules: MarketRules) {
    this.#rules = rules;
  }

  open(price: number, last: number): void {
    this.#opening = price;
    this.restart(last);
  }

  restart(last: number): void {
    const price = last || this.#opening;
    this.#history = price === 0 ? [] : [{ part: -Infinity, price }];
  }

  collar(side: Side, last: number): number | undefined {
    const { collars } = this.#rules;
    if (collars === undefined) return undefined;
    const edges = [
      away(side, this.#opening, collars.static_ppm),
      away(side, last || this.#opening, collars.dynamic_ppm),
    ].filter((edge) => edge !== undefined);
    return side === 0 ? Math.min(Infinity, ...edges) : Math.max(-Infinity, ...edges);
  }

  edge(side: Side, now: number): number {
    const any = side === 0 ? Infinity : -Infinity;
    const { halt } = this.#rules;
    if (halt === undefined) return any;
    const oldest = this.#part(now) - 15;
    const before = this.#history.filter(({ part }) => part < oldest).slice(-1);
    const prices = [...before, ...this.#history.filter(({ part }) => part >= oldest)].map((at) => at.price);
    const from = side === 0 ? Math.min(...prices) : Math.max(...prices);
    return prices.length === 0 ? any : away(side, from, halt.move_ppm)!;
  }

  record(now: number, from: number, to: number): void {
    if (this.#rules.halt === undefined) return;
    const part = this.#part(now);
    this.#history.push({ part, price: from }, { part, price: to });
  }

  #part(now: number): number {
    return Math.floor((now * 16) / this.#rules.halt!.within_us);
  }
}

/** The last whole price within a share (ppm) of a price. */
function away(side: Side, price: number, ppm: number): number | undefined {
  if (price === 0 || ppm === 0) return undefined;
  return side === 0 ? Math.floor((price * (PPM + ppm)) / PPM) : Math.ceil((price * (PPM - ppm)) / PPM);
}
