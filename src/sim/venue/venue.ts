/**
 * One venue: an exchange with its books, a clearing house with its ledger and rules, and what they do with accounts in
 * distress. Its tables in the world are its own, and so are its accounts of the house (fund, fees, …); it shares the clock, the
 * traders and their luck with the other venues, and nothing that happens here moves anything there.
 */
import { ClearingHouse } from '../../clearing/calls/house.ts';
import { Ledger } from '../../clearing/ledger/ledger.ts';
import { INSURANCE, OUTSIDE } from '../../clearing/schema.ts';
import { Contracts } from '../../contracts/contracts.ts';
import type { EventQueue } from '../../core/queue.ts';
import type { Rng } from '../../core/rng.ts';
import type { RunKey } from '../../core/seed.ts';
import { Book, BUY, NO_CAUSE, SELL } from '../../market/book.ts';
import { newOrder } from '../../market/order.ts';

import type { Layout, VenueLayout } from '../scenario/layout.ts';
import { pursesAt } from '../scenario/purses.ts';
import type { InstrumentSpec, Scenario, VenueSpec } from '../scenario/scenario.ts';
import { homeOf } from '../scenario/scenario.ts';
import type { WorldTables } from '../scenario/tables.ts';
import { tablesOf } from '../scenario/tables.ts';
import { Agenda } from '../terms/agenda.ts';
import { Breaches } from './breaches.ts';
import { Commands } from './commands.ts';
import type { Ask } from './distress/auctioneer.ts';
import { Auctioneer } from './distress/auctioneer.ts';
import { Liquidator } from './distress/liquidator.ts';
import { Treasury } from './distress/treasury.ts';
import { Unwinding } from './distress/unwinding.ts';
import { Expiries } from './expiries.ts';
import { FlowBelief } from './flow-belief.ts';
import { MarginClock } from './margin-clock.ts';
import { MarginView } from './market-for-margin.ts';
import { OutsidePrices } from './outside-prices.ts';

/** What the venues of a world share. */
export interface Ground {
  readonly scenario: Scenario;
  readonly layout: Layout;
  /** All tables of the world, by name. */
  readonly tables: Readonly<Record<string, unknown>>;
  readonly queue: EventQueue;
  readonly rng: Rng;
}

export class Venue {
  readonly number: number;
  readonly spec: VenueSpec;
  readonly layout: VenueLayout;
  readonly tables: WorldTables;
  readonly queue: Agenda;
  readonly book: Book;
  readonly ledger: Ledger;
  readonly house: ClearingHouse;
  readonly breaches: Breaches;
  readonly marginClock: MarginClock;
  readonly belief: FlowBelief;
  readonly commands: Commands;
  readonly treasury: Treasury;
  readonly auctioneer: Auctioneer;
  readonly unwinding: Unwinding;
  readonly liquidator: Liquidator;
  readonly outside: OutsidePrices;
  readonly expiries: Expiries;

  /** `ask`: asks a liquidator what it takes of an offer. */
  constructor(ground: Ground, number: number, ask: Ask) {
    const { scenario, rng } = ground;
    const spec = (this.spec = scenario.venues[number]!);
    const layout = (this.layout = ground.layout.venues[number]!);
    const tables = (this.tables = tablesOf(ground.tables, layout));
    const queue = (this.queue = new Agenda(ground.queue, layout.firstListing));
    const { instruments } = spec;
    this.number = number;
    this.book = new Book(tables, layout.market);
    const contracts = new Contracts(instruments.map(({ contract }) => contract));
    this.ledger = new Ledger(tables, contracts, spec.assets, pursesAt(scenario, ground.layout, number));
    const rules = spec.rules({
      instruments,
      quantaPerUnit: scenario.quantaPerUnit,
      state: tables.margin.value,
      data: scenario.data,
      market: new MarginView(this.ledger, this.book),
    });
    this.house = new ClearingHouse(tables, layout.clearing, this.ledger, rules);
    const breaches = (this.breaches = new Breaches(spec, tables, queue, this.book, this.house));
    this.marginClock = new MarginClock(rules.margin.changes, queue, this.ledger.marks, (instrument) => {
      breaches.reviewAll(instrument);
    });
    this.belief = new FlowBelief(instruments, layout, tables, queue, this.book, this.ledger);
    this.commands = new Commands(spec, layout, tables, queue, this.book, this.house, breaches, this.belief);
    this.expiries = new Expiries(tables, queue, this.ledger, this.commands.exchange, breaches);
    this.treasury = new Treasury(tables, queue, this.house, breaches);
    const bidders = biddersAt(scenario, ground.layout, number);
    this.auctioneer = new Auctioneer(tables, queue, this.commands, breaches, bidders, ask);
    this.unwinding = new Unwinding(tables, queue, this.commands, breaches);
    this.liquidator = new Liquidator(
      spec,
      tables,
      queue,
      this.commands,
      breaches,
      this.auctioneer,
      this.unwinding,
    );
    this.outside = new OutsidePrices(
      spec,
      scenario.commonJumps,
      layout,
      tables,
      queue,
      rng,
      breaches,
      this.belief,
    );
  }

  /** '' in a world with one venue. */
  get name(): string {
    return this.spec.name;
  }

  /** Events handled so far in this run that concern the venue. */
  get events(): number {
    return this.tables.run.events[this.number]!;
  }

  /** Everything that is the same in all runs: books, marks, funds, and the events that repeat. */
  prepare(): void {
    const { spec, ledger } = this;
    this.commands.exchange.reset();
    this.house.reset();
    ledger.mint(INSURANCE, spec.insuranceQuanta);
    spec.instruments.forEach((instrument, i) => {
      this.fillBook(i, instrument);
      const { prices } = this.tables;
      prices.index[i] = instrument.price;
      prices.mark[i] = instrument.price;
      ledger.marks[i] = instrument.price;
      this.commands.open(i, instrument.price);
      this.commands.marks.scheduleSample(i);
      this.outside.prepareIndex(i);
      this.marginClock.prepare(i);
    });
    this.outside.prepareAssets();
    this.expiries.prepare();
    this.belief.prepare();
  }

  /** Its own luck in a run, before its traders come. */
  start(key: RunKey): void {
    this.ledger.marks.forEach((mark, i) => this.house.rules.margin.changes.reset?.(i, mark));
    this.outside.start(key);
  }

  /** Prices that falls are measured from, unless there are some already: the middle of each book. */
  noteReference(): void {
    const { prices } = this.tables;
    this.spec.instruments.forEach((_spec, i) => {
      if (prices.reference[i] !== 0) return;
      const bid = this.book.bestBid(i);
      const ask = this.book.bestAsk(i);
      const middle = bid > 0 && ask > 0 ? Math.round((bid + ask) / 2) : this.ledger.marks[i]!;
      prices.reference[i] = middle;
      prices.low[i] = middle;
      prices.high[i] = middle;
    });
  }

  /** Throws InvariantError unless money, lots and losses add up. */
  assertConserved(): void {
    this.ledger.assertConserved();
    this.house.losses.assertBorne();
  }

  private fillBook(instrument: number, spec: InstrumentSpec): void {
    const { book } = this;
    const order = newOrder({ instrument, owner: OUTSIDE });
    book.cause = NO_CAUSE;
    for (const side of [BUY, SELL] as const) {
      const levels = side === BUY ? spec.bids : spec.asks;
      order.side = side;
      for (let i = 0; i < levels.price.length; i++) {
        order.price = levels.price[i]!;
        order.lots = levels.lots[i]!;
        book.rest(order);
      }
    }
    book.assertUncrossed(instrument);
  }
}

/** By instrument: accounts of the liquidators whose home this venue is, in order. */
function biddersAt({ venues, groups }: Scenario, { places }: Layout, venue: number): Int32Array[] {
  return venues[venue]!.instruments.map((_, instrument) => {
    const accounts = groups.flatMap((group, g) => {
      const isOne =
        group.kind.bid !== undefined && group.instrument === instrument && homeOf(group) === venue;
      return isOne ? Array.from({ length: group.count }, (_one, i) => places.firstAccounts[g]! + i) : [];
    });
    return Int32Array.from(accounts);
  });
}
