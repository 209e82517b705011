/**
 * What follows from what the exchange tells: lots against money, fees, accounts that a fill has broken, forced orders that
 * an auction has executed, and the end of a halt.
 */
import type { ClearingHouse } from '../../clearing/calls/house.ts';
import type { Ledger } from '../../clearing/ledger/ledger.ts';
import type { Agenda } from '../terms/agenda.ts';
import type { Book } from '../../market/book.ts';
import { BUY } from '../../market/book.ts';
import type { Reports } from '../../market/reports.ts';
import type { Breaches } from './breaches.ts';
import type { FlowBelief } from './flow-belief.ts';
import type { Phases } from './phases.ts';
import type { WorldTables } from '../scenario/tables.ts';
import type { TradingRules } from '../terms/trading-rules.ts';

/** What an account has taken: lots, and their value in quanta. */
export interface Taken {
  lots: number;
  quanta: number;
}

export class Settlement implements Reports {
  private followed = -1;
  private readonly taken: Taken = { lots: 0, quanta: 0 };
  private readonly book: Book;
  private readonly house: ClearingHouse;
  private readonly ledger: Ledger;
  private readonly queue: Agenda;
  private readonly breaches: Breaches;
  private readonly phases: Phases;
  private readonly belief: FlowBelief;
  private readonly rules: readonly TradingRules[];
  /** By instrument, 1: trades cost or earn a fee. */
  private readonly charged: Uint8Array;
  private readonly prices: WorldTables['prices'];

  constructor(
    rules: readonly TradingRules[],
    tables: WorldTables,
    queue: Agenda,
    book: Book,
    house: ClearingHouse,
    breaches: Breaches,
    phases: Phases,
    belief: FlowBelief,
  ) {
    this.rules = rules;
    this.book = book;
    this.house = house;
    this.ledger = house.ledger;
    this.queue = queue;
    this.breaches = breaches;
    this.phases = phases;
    this.belief = belief;
    this.prices = tables.prices;
    this.charged = Uint8Array.from(rules, ({ maker_ppm, taker_ppm }) =>
      maker_ppm === 0 && taker_ppm === 0 ? 0 : 1,
    );
  }

  /** From here on, counts what an account takes. */
  follow(account: number): void {
    this.followed = account;
    this.taken.lots = 0;
    this.taken.quanta = 0;
  }

  /** … up to here. Returns it, until it follows somebody again. */
  unfollow(): Readonly<Taken> {
    this.followed = -1;
    return this.taken;
  }

  traded(instrument: number, from: number, to: number, goesOn: boolean): void {
    const { ledger, breaches } = this;
    const { fills } = this.book;
    const sweep = fills.sweepOf(from);
    const taker = fills.sweeps.taker(sweep);
    const bought = fills.sweeps.side(sweep) === BUY;
    const charged = this.charged[instrument] !== 0;
    let volume = 0;
    for (let n = from; n < to; n++) {
      const row = fills.row(n);
      const other = fills.maker(row);
      const lots = fills.lots(row);
      const price = fills.price(row);
      if (bought) ledger.settle(taker, other, instrument, lots, price);
      else ledger.settle(other, taker, instrument, lots, price);
      volume += lots;
      if (charged) this.charge(instrument, row, other, taker);
      breaches.review(other, instrument, n);
    }
    this.prices.volume[instrument] = this.prices.volume[instrument]! + volume;
    this.belief.traded(instrument, fills.sweeps.side(sweep), from, to, goesOn);
    // When its sweep is done, not where the ring of fills happened to be full.
    if (!goesOn) breaches.review(taker, instrument, to - 1);
    if (taker === this.followed) this.count(instrument, from, to);
    this.recordExtremes(instrument);
  }

  cancelled(): void {
    // Nobody asks.
  }

  triggered(): void {
    // Nobody asks.
  }

  auction(): void {
    // Its trades follow.
  }

  /** A forced order that waited in a call period has executed. When that was all, the call ends. */
  forced(liquidation: number, lots: number, price: number): void {
    const { house, ledger } = this;
    const account = house.liquidations.account[liquidation]!;
    const instrument = house.liquidations.instrument[liquidation]!;
    house.forced.execute(liquidation, lots, ledger.contracts.notional(instrument, lots, price));
    if (house.inDistress(account) && ledger.isFlat(account)) {
      const bearers = house.losses.count;
      house.settleClosed(this.queue.now, account, liquidation);
      this.breaches.reviewBearers(bearers, instrument);
    } else {
      // The fee has moved its trigger since its trade was looked at.
      this.breaches.review(account, instrument, this.book.fills.count - 1);
    }
  }

  halted(instrument: number): void {
    this.phases.halt(instrument);
  }

  position(account: number, instrument: number): number {
    return this.ledger.position(account, instrument);
  }

  private charge(instrument: number, row: number, maker: number, taker: number): void {
    const { ledger } = this;
    const { fills } = this.book;
    const { maker_ppm, taker_ppm, fund_ppm = 0 } = this.rules[instrument]!;
    const value = ledger.contracts.notional(instrument, fills.lots(row), fills.price(row));
    const made = ledger.charge(maker, value, maker_ppm);
    const took = ledger.charge(taker, value, taker_ppm);
    if (fund_ppm === 0) return;
    ledger.contribute(made, fund_ppm);
    ledger.contribute(took, fund_ppm);
  }

  private count(instrument: number, from: number, to: number): void {
    const { taken } = this;
    const { fills } = this.book;
    const { contracts } = this.ledger;
    for (let n = from; n < to; n++) {
      const row = fills.row(n);
      const lots = fills.lots(row);
      taken.lots += lots;
      taken.quanta += contracts.notional(instrument, lots, fills.price(row));
    }
  }

  private recordExtremes(instrument: number): void {
    const { prices } = this;
    if (prices.reference[instrument] === 0) return;
    const last = this.book.lastPrice(instrument);
    if (last < prices.low[instrument]!) prices.low[instrument] = last;
    if (last > prices.high[instrument]!) prices.high[instrument] = last;
  }
}
