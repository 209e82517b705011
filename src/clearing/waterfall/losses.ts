/**
 * Losses: what happens to a debt, and to a position that the book could not take. Walks the layers of the waterfall,
 * moves money and lots through the ledger, and logs every step, so that what liquidated accounts were relieved of equals
 * what others bore, to the last quantum.
 *
 * A position is handed over at the mark, and the difference between the mark and the price of the handover is money
 * beside it: so the price may be any fraction of a tick, and still nothing is rounded away.
 */
import { CapacityError, InvariantError } from '../../core/errors.ts';
import { quotientOf } from '../../core/exact.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { shareOf } from '../margin/rule.ts';
import type { ClearingTables } from '../schema.ts';
import { AUCTION, INSURANCE, WRITTEN_OFF } from '../schema.ts';
import type { Requirement } from '../risk/requirement.ts';
import { Claims } from './allocation.ts';
import type { LossCase, LossLayer } from './layer.ts';
import { FundPeak } from './fund-peak.ts';

/** What the winner of an auction takes. */
export interface Award {
  winner: number;
  /** Unsigned. */
  lots: number;
  /** Ticks. */
  price: number;
  /** Of the value, as far as the account's equity goes: a gain of the winner's beside. */
  reward_ppm: number;
}

/** Code of the write-off, which follows every waterfall. */
const WRITE_OFF = 0;

export class Losses implements LossCase {
  readonly ledger: Ledger;
  readonly requirement: Requirement;
  readonly log: ClearingTables['losses'];
  readonly fundPeak: FundPeak;
  readonly claims: Claims;
  time = 0;
  account = 0;
  instrument = 0;
  private liquidation = 0;
  private layer = WRITE_OFF;
  private equity = 0;
  private readonly layers: readonly LossLayer[];
  private readonly liquidations: ClearingTables['liquidations'];
  private readonly cell: ClearingTables['clearing_cell'];

  constructor(
    tables: ClearingTables,
    ledger: Ledger,
    requirement: Requirement,
    layers: readonly LossLayer[],
  ) {
    this.ledger = ledger;
    this.requirement = requirement;
    this.log = tables.losses;
    this.fundPeak = new FundPeak(tables.fund_peaks);
    this.layers = layers;
    this.liquidations = tables.liquidations;
    this.cell = tables.clearing_cell;
    this.claims = new Claims(layers.some(({ shares }) => shares) ? tables.accounts.quote.length : 0);
  }

  /** Rows of the log. Those that a call adds name the accounts whose money or position it changed. */
  get count(): number {
    return this.cell.losses[0]!;
  }

  /** Layers bring their capital. Once a run, when the population is there. */
  open(): void {
    for (const layer of this.layers) layer.open?.(this);
  }

  /**
   * A liquidated account owes `debt` quanta and holds no position: layers pay in order, and what the last one leaves is
   * written off. `liquidation`: the row that carries the loss.
   */
  absorb(time: number, account: number, debt: number, liquidation: number): void {
    this.begin(time, account, liquidation);
    let owed = debt;
    for (const layer of this.layers) {
      if (owed === 0) return;
      if (layer.pay === undefined) continue;
      this.layer = layer.code;
      owed -= this.relieved(layer.pay(this, owed), owed);
    }
    if (owed === 0) return;
    this.layer = WRITE_OFF;
    this.charge(WRITTEN_OFF, owed);
    this.relieved(owed, owed);
  }

  /**
   * Hands over at most `lots` (unsigned) of a position to the layers that take positions, in order. Returns the lots
   * left. The accounts concerned stand in the log's new rows, and must be watched anew by the caller.
   */
  handOver(time: number, account: number, instrument: number, lots: number, liquidation: number): number {
    this.begin(time, account, liquidation);
    this.instrument = instrument;
    let left = lots;
    for (const layer of this.layers) {
      if (left === 0) return 0;
      if (layer.takeOver === undefined) continue;
      this.layer = layer.code;
      left -= this.relieved(layer.takeOver(this, left), left);
    }
    return left;
  }

  /** The winner of an auction takes its part of the position. `liquidation`: the row of the auction. */
  award(time: number, liquidation: number, { winner, lots, price, reward_ppm }: Readonly<Award>): void {
    const { ledger } = this;
    const account = this.liquidations.account[liquidation]!;
    const instrument = this.liquidations.instrument[liquidation]!;
    this.begin(time, account, liquidation);
    this.instrument = instrument;
    this.layer = AUCTION;
    const bought = ledger.position(account, instrument) > 0 ? lots : -lots;
    const above = ledger.contracts.dearer(instrument, bought, ledger.marks[instrument]!, price);
    this.assume(winner, lots, above);
    const value = ledger.contracts.notional(instrument, lots, price);
    const reward = Math.min(shareOf(value, reward_ppm), ledger.equity(account));
    if (reward > 0) this.charge(winner, -reward);
    this.relieved(0, 0);
  }

  charge(from: number, quanta: number, bearer = from): void {
    this.ledger.transfer(from, this.account, quanta);
    this.write(bearer, quanta, 0, 0);
  }

  assume(taker: number, lots: number, quanta: number): void {
    const { ledger, account, instrument } = this;
    const mark = ledger.marks[instrument]!;
    const long = ledger.position(account, instrument) > 0;
    const worth = ledger.worth(account);
    if (long) ledger.settle(taker, account, instrument, lots, mark);
    else ledger.settle(account, taker, instrument, lots, mark);
    // Coins that were rounded at the mark are no loss of the account's: the taker makes up for them.
    ledger.transfer(taker, account, quanta + worth - ledger.worth(account));
    const taken = long ? lots : -lots;
    this.write(taker, quanta, taken, mark + ledger.contracts.move(instrument, taken, mark, quanta));
  }

  shortfall(lots: number): number {
    const { ledger, account, instrument, requirement } = this;
    const held = ledger.position(account, instrument);
    const size = held < 0 ? -held : held;
    const equity = ledger.worth(account);
    let whole = equity < 0 ? -equity : equity;
    const all = requirement.maintenance(account);
    const own = requirement.part(account, instrument);
    if (own < all) whole = quotientOf(whole, own, all);
    const part = quotientOf(whole, lots, size);
    return equity < 0 ? part : -part;
  }

  /** Throws InvariantError unless the log holds every quantum that accounts were relieved of. For the end of a run. */
  assertBorne(): void {
    let borne = 0;
    for (let row = 0; row < this.count; row++) borne += this.log.quanta[row]!;
    if (borne !== this.cell.lost[0]!) {
      throw new InvariantError(`of ${this.cell.lost[0]!} quanta lost, ${borne} were borne`);
    }
  }

  private begin(time: number, account: number, liquidation: number): void {
    this.time = time;
    this.account = account;
    this.liquidation = liquidation;
    this.equity = this.ledger.worth(account);
  }

  /** Books, on the account's own side, what a layer relieved it of. Returns `done`, of which at most `most` is possible. */
  private relieved(done: number, most: number): number {
    if (!(done >= 0 && done <= most && done === Math.floor(done))) {
      throw new InvariantError(`layer ${this.layer} took ${done} of ${most}`);
    }
    const equity = this.ledger.worth(this.account);
    this.cell.lost[0] = this.cell.lost[0]! + equity - this.equity;
    this.equity = equity;
    return done;
  }

  /** Books a step on the side of whoever bears it. */
  private write(account: number, quanta: number, lots: number, price: number): void {
    const { log, liquidations, liquidation } = this;
    const row = this.cell.losses[0]!;
    if (row === log.account.length) throw new CapacityError('losses', row, 'capacity.losses');
    this.cell.losses[0] = row + 1;
    log.time_us[row] = this.time;
    log.liquidation[row] = liquidation;
    log.layer[row] = this.layer;
    log.account[row] = account;
    log.quanta[row] = quanta;
    log.lots[row] = lots;
    log.price[row] = price;
    const { insured, shared, written_off, surplus } = liquidations;
    const column =
      quanta < 0 ? surplus : account === INSURANCE ? insured : account === WRITTEN_OFF ? written_off : shared;
    column[liquidation] = column[liquidation]! + (quanta < 0 ? -quanta : quanta);
  }
}
