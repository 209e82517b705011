/** Margin as a sum over positions, each at its own mark, whichever its side: nothing offsets anything. */
import type { Ledger } from '../ledger/ledger.ts';
import type { MarginRule } from '../margin/rule.ts';
import { atLevel, PPM, shareOf } from '../margin/rule.ts';
import type { Margin, Needs, Requirement } from './requirement.ts';
import { HIGHEST_PRICE, NEVER } from './requirement.ts';

/** A margin rule with its wrappers, as a requirement of whole accounts. */
export function additive(rule: MarginRule): Margin {
  return { changes: rule, of: (ledger) => new Additive(rule, ledger) };
}

class Additive implements Requirement {
  private readonly rule: MarginRule;
  private readonly ledger: Ledger;

  constructor(rule: MarginRule, ledger: Ledger) {
    this.rule = rule;
    this.ledger = ledger;
  }

  needs(account: number, into: Needs): boolean {
    const { ledger, rule } = this;
    let initial = 0;
    let maintenance = 0;
    let isFlat = true;
    for (let i = 0; i < ledger.instruments; i++) {
      const lots = ledger.position(account, i);
      if (lots === 0) continue;
      isFlat = false;
      const size = lots < 0 ? -lots : lots;
      const mark = ledger.marks[i]!;
      initial += this.initialOf(account, i, size, mark);
      maintenance += rule.maintenance(i, size, mark);
    }
    into.initial = initial;
    into.maintenance = maintenance;
    return !isFlat;
  }

  needsOf(instrument: number, lots: number, into: Needs): void {
    const mark = this.ledger.marks[instrument]!;
    into.initial = this.rule.initial(instrument, lots, mark);
    into.maintenance = this.rule.maintenance(instrument, lots, mark);
  }

  maintenance(account: number): number {
    const { ledger, rule } = this;
    let total = 0;
    for (let i = 0; i < ledger.instruments; i++) {
      const lots = ledger.position(account, i);
      if (lots !== 0) total += rule.maintenance(i, lots < 0 ? -lots : lots, ledger.marks[i]!);
    }
    return total;
  }

  initial(account: number): number {
    const { ledger } = this;
    let total = 0;
    for (let i = 0; i < ledger.instruments; i++) {
      const lots = ledger.position(account, i);
      if (lots !== 0) total += this.initialOf(account, i, lots < 0 ? -lots : lots, ledger.marks[i]!);
    }
    return total;
  }

  initialWith(account: number, instrument: number, lots: number): number {
    const { ledger } = this;
    let total = 0;
    for (let i = 0; i < ledger.instruments; i++) {
      const held = i === instrument ? lots : ledger.position(account, i);
      if (held !== 0) total += this.initialOf(account, i, held < 0 ? -held : held, ledger.marks[i]!);
    }
    return total;
  }

  maintenanceAfter(account: number, closed_ppm: number): number {
    const { ledger, rule } = this;
    let total = 0;
    for (let i = 0; i < ledger.instruments; i++) {
      const size = Math.abs(ledger.position(account, i));
      const kept = size - shareOf(size, closed_ppm);
      if (kept > 0) total += rule.maintenance(i, kept, ledger.marks[i]!);
    }
    return total;
  }

  part(account: number, instrument: number): number {
    const size = Math.abs(this.ledger.position(account, instrument));
    return size === 0 ? 0 : this.maintenanceOf(instrument, size, this.ledger.marks[instrument]!);
  }

  maintenanceOfAll(lots: Int32Array): number {
    return lots.reduce((sum, own, i) => {
      return own === 0 ? sum : sum + this.rule.maintenance(i, Math.abs(own), this.ledger.marks[i]!);
    }, 0);
  }

  maintenanceOf(instrument: number, lots: number, price: number): number {
    return this.rule.maintenance(instrument, lots, price);
  }

  initialOf(account: number, instrument: number, lots: number, price: number): number {
    if (lots === 0) return 0;
    const initial = this.rule.initial(instrument, lots, price);
    const chosen_ppm = this.ledger.leverage(account);
    if (chosen_ppm === 0) return initial;
    const chosen = shareOf(this.ledger.contracts.notional(instrument, lots, price), chosen_ppm);
    return chosen > initial ? chosen : initial;
  }

  stepDown(account: number, instrument: number, tiers: number): number {
    const size = Math.abs(this.ledger.position(account, instrument));
    return this.rule.stepDown?.(instrument, size, this.ledger.marks[instrument]!, tiers) ?? 0;
  }

  positionLimit(instrument: number, isShort: boolean): number {
    if (isShort && this.ledger.contracts.isOwned(instrument)) return 0;
    return this.rule.positionLimit?.(instrument, this.ledger.marks[instrument]!) ?? Infinity;
  }

  exposure(account: number, instrument: number): number {
    return this.ledger.exposure(account, instrument);
  }

  /** A level of the sum of requirements, rounded up, is up to a quantum a position less than the sum of levels. */
  spare(account: number, slack: number, level_ppm: number): number {
    if (level_ppm === PPM) return slack;
    let rounded = -1; // of one position nothing is lost
    for (let i = 0; i < this.ledger.instruments; i++) if (this.exposure(account, i) !== 0) rounded++;
    return rounded > 0 ? Math.max(0, slack - rounded) : slack;
  }

  /**
   * Of one position this is exact: the mark at which it has lost so much. A level above maintenance may ask for more than a
   * position's whole value; a rise of the mark then takes more from a long's health than it brings.
   */
  band(account: number, instrument: number, step: -1 | 1, slack: number, level_ppm: number): number {
    const side = this.ledger.side(account, instrument);
    if (step === side && (side < 0 || level_ppm <= PPM || !this.rises(instrument))) return NEVER;
    return this.search(account, instrument, step, slack, level_ppm);
  }

  /** Whether the requirement grows with the price: not where the size is money. */
  private rises(instrument: number): boolean {
    return this.ledger.coins?.settles(instrument) !== true;
  }

  /**
   * The nearest mark below the present one (`step` −1) or above it (1) at which the account has lost `slack` quanta or more
   * by its lots and coins of an instrument against `level_ppm` of their requirement. For a long above: none if there is
   * slack at the highest price, as its requirement grows faster and faster with the price, if not evenly.
   */
  private search(
    account: number,
    instrument: number,
    step: -1 | 1,
    slack: number,
    level_ppm: number,
  ): number {
    const { ledger } = this;
    const lots = ledger.position(account, instrument);
    const size = lots < 0 ? -lots : lots;
    const mark = ledger.marks[instrument]!;
    const worth = ledger.worthAt(account, instrument, mark);
    // Slack at a price = base + worth at that price − requirement at that price.
    const base = slack - worth + this.needed(instrument, size, mark, level_ppm);
    const reach = step < 0 ? mark - 1 : HIGHEST_PRICE - mark;
    if (reach < 1) return NEVER;
    const unit = worth - ledger.worthAt(account, instrument, mark - 1); // a tick
    let spent = Math.abs(unit); // of slack a tick, about
    if (lots > 0 && unit > 0 && step > 0) {
      const highest = base + ledger.worthAt(account, instrument, HIGHEST_PRICE);
      if (highest > this.needed(instrument, size, HIGHEST_PRICE, level_ppm)) return NEVER;
      spent = (unit * (level_ppm - PPM)) / PPM;
    }
    let good = 0; // distances from the mark: at `good` there is slack left, at `bad` there is not
    let goodLeft = slack;
    let bad = 0;
    let badLeft = 0;
    // Outward: losing this much a tick spends what is left in about so many ticks, more or less the requirement's share; twice
    // as far each time where that does not come near, as of a payoff that ends.
    for (let tries = 0; bad === 0; tries++) {
      if (good === reach) return NEVER;
      const ahead = good + Math.max(1, Math.ceil(goodLeft / spent), tries < 8 ? 0 : good);
      const distance = ahead < reach ? ahead : reach;
      const price = mark + step * distance;
      const remains =
        base + ledger.worthAt(account, instrument, price) - this.needed(instrument, size, price, level_ppm);
      if (remains > 0) {
        good = distance;
        goodLeft = remains;
      } else {
        bad = distance;
        badLeft = remains;
      }
    }
    // Inward: requirements are piecewise linear in the price, so the chord soon hits; halving bounds what it does not.
    for (let tries = 0; bad - good > 1; tries++) {
      const chord = Math.floor(((bad - good) * goodLeft) / (goodLeft - badLeft));
      const half = (bad - good) >> 1;
      const distance = good + (tries < 8 ? Math.min(Math.max(chord, 1), bad - good - 1) : half);
      const price = mark + step * distance;
      const remains =
        base + ledger.worthAt(account, instrument, price) - this.needed(instrument, size, price, level_ppm);
      if (remains > 0) {
        good = distance;
        goodLeft = remains;
      } else {
        bad = distance;
        badLeft = remains;
      }
    }
    return mark + step * bad;
  }

  /** `level_ppm` of a position's maintenance requirement at a mark, quanta, rounded up. */
  private needed(instrument: number, size: number, mark: number, level_ppm: number): number {
    return size === 0 ? 0 : atLevel(this.rule.maintenance(instrument, size, mark), level_ppm);
  }
}
