/** What an agent can do when it is born: bring money, and hold a position opened in the past. */
import type { ClearingHouse } from '../../clearing/calls/house.ts';
import { OUTSIDE } from '../../clearing/schema.ts';
import type { Registry } from './registry.ts';

export class Birth {
  /** The account being set up. */
  account = 0;
  instrument = 0;
  /** A number that each agent of a group hands to the next; 0 for the first. */
  carry = 0;
  /** Set true: no more agents of this group are born, the rest of its accounts stay empty. */
  complete = false;
  /**
   * When the next agent of the group is born: at once, if left alone; else when a mark of the group's instrument is about to
   * be published that is at this price (ticks) or below. For accounts in the order of their triggers: those that no mark
   * has come near need not be there yet, and their luck is drawn when it does. The mark must have a latency.
   */
  next = Infinity;
  private readonly house: ClearingHouse;
  private readonly venue: number;
  private readonly registry: Registry;
  private readonly others: readonly Birth[];

  /** `others`: by venue, this one among them. */
  constructor(house: ClearingHouse, venue: number, registry: Registry, others: readonly Birth[]) {
    this.house = house;
    this.venue = venue;
    this.registry = registry;
    this.others = others;
  }

  /** The same at another venue at which the trader is registered, for the instrument of the same name (else the first). */
  on(venue: string): Birth {
    const number = this.registry.find(this.venue, this.account, venue);
    const there = this.others[number]!;
    there.account = this.account;
    there.instrument = this.registry.sameInstrument(this.venue, this.instrument, number);
    return there;
  }

  /** A group's births begin, or go on from what the last one left. */
  goOn(carry: number): void {
    this.carry = carry;
    this.complete = false;
    this.next = Infinity;
  }

  /** True if nobody else of the group is born with the mark at this price, ticks. */
  isOver(mark: number): boolean {
    return this.complete || mark > this.next;
  }

  /** The mark, ticks: at the start, unless it is born later. */
  get mark(): number {
    return this.house.ledger.marks[this.instrument]!;
  }

  /** What a lot is worth at a price in ticks, quanta: what rates and fees are shares of. */
  lotValue(price: number): number {
    return this.house.ledger.contracts.notional(this.instrument, 1, price);
  }

  /** What lots (negative: short) gain as the price goes from one to another, quanta. */
  gain(lots: number, from: number, to: number): number {
    return this.house.ledger.contracts.gain(this.instrument, lots, from, to);
  }

  /** Brings money (quanta) to the account; for an instrument that is settled in a coin, it is kept in the coin. */
  deposit(quanta: number): void {
    const { ledger } = this.house;
    const { coins } = ledger;
    if (coins?.settles(this.instrument) === true) coins.home[this.account] = 1 + this.instrument;
    ledger.bring(this.account, Math.round(quanta));
  }

  /** Money (quanta) that the trader keeps outside, for margin calls. */
  keepReserve(quanta: number): void {
    this.house.ledger.addReserve(this.account, Math.max(0, Math.round(quanta)));
  }

  /** Money (quanta) that the trader keeps at the venue without pledging it to its positions (isolated margin). */
  keepFree(quanta: number): void {
    const money = Math.max(0, Math.round(quanta));
    if (money > 0) this.house.ledger.addFree(this.account, money);
  }

  /** Brings as many lots of a collateral asset (number) as count, by their size, for so many quanta. */
  bring(asset: number, quanta: number): void {
    const { collateral } = this.house.ledger;
    if (quanta > 0) collateral.bring(this.account, asset, collateral.lotsFor(asset, quanta));
  }

  /** Opens a position at a price in ticks against the rest of the world; negative lots: short. */
  hold(lots: number, price: number): void {
    const { ledger } = this.house;
    if (lots > 0) ledger.settle(this.account, OUTSIDE, this.instrument, lots, price);
    else ledger.settle(OUTSIDE, this.account, this.instrument, -lots, price);
  }

  /** Initial margin (quanta) of `lots` at a price, under the policy in force. */
  initialMargin(lots: number, price: number): number {
    return this.house.requirement.initialOf(this.account, this.instrument, Math.abs(lots), price);
  }

  /** Maintenance margin (quanta) of `lots` at a price, under the policy in force. */
  maintenanceMargin(lots: number, price: number): number {
    return this.house.requirement.maintenanceOf(this.instrument, Math.abs(lots), price);
  }
}
