/**
 * How many margined accounts hold a position of each size, whichever its side. Kept from look to look: a look compares every
 * position with what it was at the last one, so that it is right in whatever world it is asked of.
 */
import type { Ledger } from '../../clearing/ledger/ledger.ts';
import type { Needs, Requirement } from '../../clearing/risk/requirement.ts';

/** A requirement that positions may be asked of one by one. */
export type SizedRequirement = Required<Pick<Requirement, 'needsOf'>>;

/** What a look finds of single accounts. */
export interface Looked {
  /** Equity of margined accounts with positions, quanta. */
  readonly equity: number;
  /** Those of them whose chosen leverage asks for margin of its own: not among the sizes. */
  readonly alone: readonly number[];
}

export class PositionSizes {
  readonly #ledger: Ledger;
  /** By account and instrument as in the ledger: the size that is counted, lots; 0: none. */
  readonly #counted: Int32Array;
  readonly #sizes: readonly Sizes[];

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
    this.#counted = new Int32Array(ledger.lots.length);
    this.#sizes = Array.from({ length: ledger.instruments }, () => new Sizes());
  }

  /** Looks at all accounts. */
  follow(): Looked {
    const ledger = this.#ledger;
    const { margined } = ledger.accounts;
    const alone: number[] = [];
    let equity = 0;
    for (let account = 0; account < margined.length; account++) {
      const isAlone = ledger.leverage(account) !== 0;
      const isMargined = margined[account] !== 0;
      if (!this.#countAnew(account, isMargined && !isAlone) || !isMargined) continue;
      equity += ledger.equity(account);
      if (isAlone) alone.push(account);
    }
    return { equity, alone };
  }

  /** Adds to `total` what all counted positions need, by what one of a size needs. */
  addTo(total: Needs, requirement: SizedRequirement): void {
    const needs = { initial: 0, maintenance: 0 };
    this.#sizes.forEach(({ sizes, holders }, instrument) => {
      for (let slot = 0; slot < sizes.length; slot++) {
        requirement.needsOf(instrument, sizes[slot]!, needs);
        total.initial += holders[slot]! * needs.initial;
        total.maintenance += holders[slot]! * needs.maintenance;
      }
    });
  }

  /** True if the account holds a position. */
  #countAnew(account: number, counts: boolean): boolean {
    const { lots, instruments } = this.#ledger;
    const counted = this.#counted;
    let holds = false;
    for (let i = 0; i < instruments; i++) {
      const row = account * instruments + i;
      const held = lots[row]!;
      if (held !== 0) holds = true;
      const size = !counts ? 0 : held < 0 ? -held : held;
      const before = counted[row]!;
      if (size === before) continue;
      if (before !== 0) this.#sizes[i]!.remove(before);
      if (size !== 0) this.#sizes[i]!.add(size);
      counted[row] = size;
    }
    return holds;
  }
}

/** Sizes in one instrument, in no order, and how many hold each. */
class Sizes {
  readonly sizes: number[] = [];
  readonly holders: number[] = [];
  readonly #slots = new Map<number, number>();

  add(size: number): void {
    const slot = this.#slots.get(size);
    if (slot !== undefined) {
      this.holders[slot]!++;
      return;
    }
    this.#slots.set(size, this.sizes.length);
    this.sizes.push(size);
    this.holders.push(1);
  }

  remove(size: number): void {
    const slot = this.#slots.get(size)!;
    if (--this.holders[slot]! > 0) return;
    // The last one comes into its place.
    const last = this.sizes.pop()!;
    const held = this.holders.pop()!;
    this.#slots.delete(size);
    if (last === size) return;
    this.sizes[slot] = last;
    this.holders[slot] = held;
    this.#slots.set(last, slot);
  }
}
