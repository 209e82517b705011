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
import type { ClearingCapacity, ClearingTables } from '../schema.ts';
import type { Requirement } from './requirement.ts';
import { NEVER } from './requirement.ts';

export class Triggers {
  readonly ladder: Ladder;
  /** Trigger price (ticks) of the account that `crossed` returned last, and whether the mark rose to it. */
  crossedPrice = 0;
  crossedRising = false;
  private readonly ledger: Ledger;
  private readonly requirement: Requirement;
  /** Nodes of an account: one an instrument, then one an asset. */
  private readonly width: number;
  /** The first of the nodes of longs above the mark, one a position; 0: there are none. */
  private readonly rising: number;

  constructor(tables: ClearingTables, capacity: ClearingCapacity, ledger: Ledger, requirement: Requirement) {
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
    this.requirement = requirement;
  }

  /** Must run once on a zeroed world. */
  reset(): void {
    this.ladder.reset();
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
    const { ledger, requirement } = this;
    const { instruments, collateral } = ledger;
    let parts = 0;
    let exposure = 0;
    for (let i = 0; i < instruments; i++) {
      const value = requirement.exposure(account, i);
      if (value === 0) continue;
      parts++;
      exposure += value;
    }
    for (let asset = 0; asset < collateral.count; asset++) {
      const value = collateral.countedOf(account, asset);
      if (value === 0) continue;
      parts++;
      exposure += value;
    }
    const spare = requirement.spare(account, slack, level_ppm);
    let left = spare;
    for (let i = 0; i < instruments; i++) {
      const value = requirement.exposure(account, i);
      if (value === 0) continue;
      parts--;
      const band = bandOf(spare, left, parts, value, exposure);
      left -= band;
      this.placePosition(account, i, band, level_ppm);
    }
    this.placeAssets(account, spare, left, parts, exposure);
  }

  private placePosition(account: number, i: number, slack: number, level_ppm: number): void {
    const { ladder, requirement } = this;
    const below = requirement.band(account, i, -1, slack, level_ppm);
    if (below !== NEVER) ladder.insert(2 * i, below, this.nodeOf(account, i));
    const above = requirement.band(account, i, 1, slack, level_ppm);
    if (above === NEVER) return;
    const second = this.rising > 0 && (below !== NEVER || this.ledger.position(account, i) > 0);
    ladder.insert(2 * i + 1, ~above, second ? this.risingNodeOf(account, i) : this.nodeOf(account, i));
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
}

/** Part of the slack for one of the values that make up an exposure; the last one (none come `after`) gets what is left. */
function bandOf(slack: number, left: number, after: number, value: number, exposure: number): number {
  if (after === 0) return left;
  const band = Math.floor(slack * (value / exposure));
  return band < left ? band : left;
}
