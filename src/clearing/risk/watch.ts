/**
 * Trigger prices: accounts rest on a price ladder like orders.
 *
 * A position's trigger is the first mark, in ticks, at which its account falls to its maintenance margin. It changes
 * only when the account's own money, position or requirement does, so a move of the mark touches only the accounts
 * that it crosses. Longs rest on an instrument's line 0 by price (a falling mark crosses the highest first), shorts on
 * line 1 by mirrored price.
 *
 * A level above the maintenance margin may ask for more than a position's whole value. A rise of the mark then takes more
 * from a long's health than it brings, and the long rests on line 1, too, by a second node.
 *
 * Collateral assets that count in an account's equity rest on a line each, too, by price, as longs do.
 *
 * An account with several positions or assets gives each of them a part of its slack in proportion to its value, which puts all its
 * triggers about equally far from their marks, as far as they can be: while every mark stays inside its trigger the sum of
 * losses cannot exceed the slack, so the account is certainly healthy; crossing one is a reason to look again, not yet a
 * breach. With one of them the trigger is exact.
 */
import { Ladder } from '../../core/ladder.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { MarginRule } from '../margin/rule.ts';
import { atLevel, PPM, shareOf } from '../margin/rule.ts';
import type { ClearingCapacity, ClearingTables } from '../schema.ts';

/** A trigger that no mark can cross: the price cannot fall below one tick, nor rise without bound. */
export const NEVER = 0;
const HIGHEST_PRICE = 0x3ffffffe;

export class Triggers {
  readonly ladder: Ladder;
  /** Trigger price (ticks) of the account that `crossed` returned last, and whether the mark rose to it. */
  crossedPrice = 0;
  crossedRising = false;
  private readonly ledger: Ledger;
  private readonly rule: MarginRule;
  /** Nodes of an account: one an instrument, then one an asset. */
  private readonly width: number;
  /** The first of the nodes of longs above the mark, one a position; 0: there are none. */
  private readonly rising: number;

  constructor(tables: ClearingTables, capacity: ClearingCapacity, ledger: Ledger, rule: MarginRule) {
    this.width = capacity.instruments + capacity.assets;
    const lines = 2 * capacity.instruments + capacity.assets;
    const nodes = capacity.accounts * this.width;
    this.rising = capacity.rising > 0 ? nodes : 0;
    this.ladder = new Ladder(nodes + capacity.rising, lines, capacity.span, {
      links: tables.trigger_links,
      words: tables.trigger_words,
      summary: tables.trigger_summary,
      keys: tables.trigger_keys,
      lines: tables.trigger_lines,
    });
    this.ledger = ledger;
    this.rule = rule;
  }

  /** Must run once on a zeroed world. */
  reset(): void {
    this.ladder.reset();
  }

  /** Maintenance requirement of the whole account at the present marks, quanta. */
  maintenance(account: number): number {
    return this.required(account, false);
  }

  /** Initial requirement of the whole account at the present marks, quanta. */
  initial(account: number): number {
    return this.required(account, true);
  }

  /** Takes the account off the ladder. */
  lift(account: number): void {
    const { ladder, width } = this;
    for (let node = account * width; node < (account + 1) * width; node++) {
      if (ladder.isLinked(node)) ladder.remove(node);
    }
    if (this.rising === 0) return;
    const { instruments } = this.ledger;
    const first = this.risingNodeOf(account, 0);
    for (let node = first; node < first + instruments; node++) {
      if (ladder.isLinked(node)) ladder.remove(node);
    }
  }

  /** The account of a node of the ladder. */
  accountOf(node: number): number {
    const { rising } = this;
    return rising > 0 && node >= rising
      ? Math.floor((node - rising) / this.ledger.instruments)
      : Math.floor(node / this.width);
  }

  /** The node of an account's position in an instrument. */
  nodeOf(account: number, instrument: number): number {
    return account * this.width + instrument;
  }

  /** The node of a long above the mark. Only where the ladder looks above the maintenance margin. */
  risingNodeOf(account: number, instrument: number): number {
    return this.rising + account * this.ledger.instruments + instrument;
  }

  /**
   * Puts an account that is off the ladder where it belongs. `level_ppm`: health watched for, ppm of the maintenance
   * requirement; `slack`: its equity less that share of its requirement, quanta, above 0.
   */
  place(account: number, slack: number, level_ppm: number): void {
    const { ledger } = this;
    const { instruments, collateral } = ledger;
    let parts = 0;
    let exposure = 0;
    for (let i = 0; i < instruments; i++) {
      const value = this.ledger.notional(account, i);
      if (value === 0) continue;
      parts++;
      exposure += value;
    }
    const positions = parts;
    for (let asset = 0; asset < collateral.count; asset++) {
      const value = collateral.countedOf(account, asset);
      if (value === 0) continue;
      parts++;
      exposure += value;
    }
    // A level of the sum of requirements, rounded up, is up to a quantum a position less than the sum of levels.
    const spare = level_ppm === PPM ? slack : Math.max(0, slack - Math.max(0, positions - 1));
    let left = spare;
    for (let i = 0; i < instruments; i++) {
      const lots = ledger.position(account, i);
      if (lots === 0) continue;
      parts--;
      const band = bandOf(spare, left, parts, this.ledger.notional(account, i), exposure);
      left -= band;
      if (lots > 0 && level_ppm > PPM) this.placeRising(account, i, lots, band, level_ppm);
      const price = this.trigger(i, lots, band, level_ppm);
      if (price === NEVER) continue;
      const short = lots < 0 ? 1 : 0;
      this.ladder.insert(2 * i + short, price ^ -short, this.nodeOf(account, i));
    }
    this.placeAssets(account, spare, left, parts, exposure);
  }

  private placeRising(account: number, i: number, lots: number, band: number, level_ppm: number): void {
    const price = this.search(i, lots, 1, band, level_ppm);
    if (price !== NEVER) this.ladder.insert(2 * i + 1, ~price, this.risingNodeOf(account, i));
  }

  /** The same for collateral assets, which get what is left of the slack. */
  private placeAssets(account: number, spare: number, slack: number, assets: number, exposure: number): void {
    const { collateral, instruments } = this.ledger;
    let parts = assets;
    let left = slack;
    for (let asset = 0; asset < collateral.count; asset++) {
      const value = collateral.countedOf(account, asset);
      if (value === 0) continue;
      parts--;
      const band = bandOf(spare, left, parts, value, exposure);
      left -= band;
      const price = collateral.priceAtLoss(account, asset, band);
      if (price === NEVER) continue;
      this.ladder.insert(2 * instruments + asset, price, this.nodeOf(account, instruments + asset));
    }
  }

  /**
   * The next account whose trigger the mark has reached, taken off the ladder; -1 when there is none. Those furthest
   * from the mark come first; equal ones in the order in which they were placed.
   */
  crossed(instrument: number, mark: number): number {
    const { ladder } = this;
    for (let short = 0; short < 2; short++) {
      const line = 2 * instrument + short;
      const best = ladder.best[line]!;
      if (best < (mark ^ -short)) continue;
      this.crossedPrice = best ^ -short;
      this.crossedRising = short === 1;
      const account = this.accountOf(ladder.firstAtBest(line));
      this.lift(account);
      return account;
    }
    return -1;
  }

  /** The same for accounts that a fall of a collateral asset's price (ticks) has reached. */
  crossedByAsset(asset: number, price: number): number {
    const { ladder } = this;
    const line = 2 * this.ledger.instruments + asset;
    if (ladder.best[line]! < price) return -1;
    const account = this.accountOf(ladder.firstAtBest(line));
    this.lift(account);
    return account;
  }

  /**
   * The mark (ticks) nearest to the present one at which a position has lost `slack` quanta or more against
   * `level_ppm` of its requirement: the highest such mark below for a long position, the lowest above for a short one;
   * NEVER if no possible mark does.
   */
  trigger(instrument: number, lots: number, slack: number, level_ppm = PPM): number {
    return this.search(instrument, lots, lots > 0 ? -1 : 1, slack, level_ppm);
  }

  /**
   * The nearest such mark below the present one (`step` −1) or above it (1); NEVER if there is none. For a long above: none
   * if there is slack at the highest price, as its requirement grows faster and faster with the price, if not evenly.
   */
  private search(instrument: number, lots: number, step: -1 | 1, slack: number, level_ppm: number): number {
    const ledger = this.ledger;
    const size = lots < 0 ? -lots : lots;
    const mark = ledger.marks[instrument]!;
    const { contracts } = ledger;
    const worth = contracts.value(instrument, lots, mark);
    // Slack at a price = base + value at that price − requirement at that price.
    const base = slack - worth + this.needed(instrument, size, mark, level_ppm);
    const reach = step < 0 ? mark - 1 : HIGHEST_PRICE - mark;
    if (reach < 1) return NEVER;
    const unit = worth - contracts.value(instrument, lots, mark - 1); // a tick
    let spent = Math.abs(unit); // of slack a tick, about
    if (lots > 0 && step > 0) {
      const highest = base + contracts.value(instrument, lots, HIGHEST_PRICE);
      if (highest > this.needed(instrument, size, HIGHEST_PRICE, level_ppm)) return NEVER;
      spent = (unit * (level_ppm - PPM)) / PPM;
    }
    let good = 0; // distances from the mark: at `good` there is slack left, at `bad` there is not
    let goodLeft = slack;
    let bad = 0;
    let badLeft = 0;
    // Outward: losing this much a tick spends what is left in about so many ticks, more or less the requirement's share.
    while (bad === 0) {
      if (good === reach) return NEVER;
      const ahead = good + Math.max(1, Math.ceil(goodLeft / spent));
      const distance = ahead < reach ? ahead : reach;
      const price = mark + step * distance;
      const remains =
        base + contracts.value(instrument, lots, price) - this.needed(instrument, size, price, level_ppm);
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
        base + contracts.value(instrument, lots, price) - this.needed(instrument, size, price, level_ppm);
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
    return atLevel(this.rule.maintenance(instrument, size, mark), level_ppm);
  }

  /** Initial requirement of one position, quanta; more than the rule's if the account chose a lower leverage. */
  initialOf(account: number, instrument: number, lots: number, mark: number): number {
    if (lots === 0) return 0;
    const initial = this.rule.initial(instrument, lots, mark);
    const chosen_ppm = this.ledger.leverage(account);
    if (chosen_ppm === 0) return initial;
    const chosen = shareOf(this.ledger.contracts.notional(instrument, lots, mark), chosen_ppm);
    return chosen > initial ? chosen : initial;
  }

  private required(account: number, initial: boolean): number {
    const ledger = this.ledger;
    const rule = this.rule;
    let total = 0;
    for (let i = 0; i < ledger.instruments; i++) {
      const lots = ledger.position(account, i);
      if (lots === 0) continue;
      const size = lots < 0 ? -lots : lots;
      const mark = ledger.marks[i]!;
      total += initial ? this.initialOf(account, i, size, mark) : rule.maintenance(i, size, mark);
    }
    return total;
  }
}

/** Part of the slack for one of the values that make up an exposure; the last one (none come `after`) gets what is left. */
function bandOf(slack: number, left: number, after: number, value: number, exposure: number): number {
  if (after === 0) return left;
  const band = Math.floor(slack * (value / exposure));
  return band < left ? band : left;
}
