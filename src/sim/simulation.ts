/**
 * One world and the loop that runs it. Build it once per scenario; `start` a run with a key, `run` it to a time, `save`
 * and `load` it anywhere in between (a fork is a load with something changed), and compare worlds by `hash`.
 */
import { Contracts } from '../contracts/contracts.ts';
import { ClearingHouse } from '../clearing/house.ts';
import { Ledger } from '../clearing/ledger/ledger.ts';
import { INSURANCE, OUTSIDE, SHOCK as SHOCK_ACCOUNT } from '../clearing/schema.ts';
import { InvariantError } from '../core/errors.ts';
import { CapacityError } from '../core/errors.ts';
import { EventQueue } from '../core/queue.ts';
import { Rng } from '../core/rng.ts';
import type { RunKey } from '../core/seed.ts';
import { World } from '../core/world.ts';
import { Book, BUY, NO_CAUSE, SELL } from '../market/book.ts';
import { newOrder } from '../market/order.ts';
import { Activity } from './crowd/activity.ts';
import { Auctioneer } from './distress/auctioneer.ts';
import { Crowd } from './crowd/crowd.ts';
import * as Event from './terms/events.ts';
import { FlowBelief } from './venue/flow-belief.ts';
import type { InstrumentSpec, Scenario } from './scenario/scenario.ts';
import { assertExact } from './scenario/scenario.ts';
import type { ShockActions } from './shocks/shock.ts';
import type { Layout, WorldTables } from './scenario/tables.ts';
import { kindSchemas, layoutOf, worldSchema } from './scenario/tables.ts';
import { Breaches } from './venue/breaches.ts';
import { Liquidator } from './distress/liquidator.ts';
import { MarginClock } from './venue/margin-clock.ts';
import { MarginView } from './venue/market-for-margin.ts';
import { OutsidePrices } from './venue/outside-prices.ts';
import { pursesOf } from './scenario/purses.ts';
import { Treasury } from './distress/treasury.ts';
import { Unwinding } from './distress/unwinding.ts';
import { Venue } from './venue/venue.ts';
import { handleVenueEvent } from './venue/events.ts';

/** Worlds up to this size keep a second copy to start runs from: faster than filling the books again. */
const KEPT_BYTES = 64 * 1024 * 1024;

export class Simulation {
  readonly scenario: Scenario;
  readonly tables: WorldTables;
  readonly queue: EventQueue;
  readonly book: Book;
  readonly house: ClearingHouse;
  readonly ledger: Ledger;
  readonly venue: Venue;
  readonly auctioneer: Auctioneer;
  readonly liquidator: Liquidator;
  readonly unwinding: Unwinding;
  readonly breaches: Breaches;
  readonly treasury: Treasury;
  readonly crowd: Crowd;
  readonly marginClock: MarginClock;
  readonly outside: OutsidePrices;
  readonly activity: Activity;
  readonly belief: FlowBelief;
  readonly layout: Layout;
  private readonly world: World<
    Record<string, { rows: number; columns: Record<string, 'u8' | 'i32' | 'i32x8' | 'f64'> }>
  >;
  private readonly rng: Rng;
  private readonly actions: ShockActions;
  /** Most events of a run. */
  private readonly work: number;
  /** The world as it is before the population arrives, the same for every run; large worlds make it anew instead. */
  private readonly empty: Uint8Array | undefined;

  /** Throws ConfigError if the scenario's money could exceed what is exact. */
  constructor(scenario: Scenario) {
    assertExact(scenario);
    this.scenario = scenario;
    const layout = (this.layout = layoutOf(scenario));
    this.work = scenario.capacity.work ?? Infinity;
    const kinds = kindSchemas(layout);
    this.world = new World({ ...worldSchema(layout, scenario.capacity.events), ...kinds });
    const tables = this.world.tables as unknown as WorldTables;
    this.tables = tables;
    this.queue = new EventQueue(tables);
    this.book = new Book(tables, layout.market);
    const contracts = new Contracts(scenario.instruments.map(({ contract }) => contract));
    this.ledger = new Ledger(tables, contracts, scenario.assets, pursesOf(scenario.groups));
    const rules = scenario.rules({
      instruments: scenario.instruments,
      quantaPerUnit: scenario.quantaPerUnit,
      state: tables.margin.value,
      data: scenario.data,
      market: new MarginView(this.ledger, this.book),
    });
    this.house = new ClearingHouse(tables, layout.clearing, this.ledger, rules);
    this.breaches = new Breaches(scenario, tables, this.queue, this.book, this.house);
    this.marginClock = new MarginClock(rules.margin.changes, this.queue, this.ledger.marks, (instrument) => {
      this.breaches.reviewAll(instrument);
    });
    this.belief = new FlowBelief(scenario.instruments, layout, tables, this.queue, this.book, this.ledger);
    this.venue = new Venue(
      scenario,
      layout,
      tables,
      this.queue,
      this.book,
      this.house,
      this.breaches,
      this.belief,
    );
    this.treasury = new Treasury(tables, this.queue, this.house, this.breaches);
    this.crowd = new Crowd(
      scenario,
      layout,
      tables,
      this.world.tables as never,
      this.queue,
      this.venue,
      this.breaches,
    );
    this.auctioneer = new Auctioneer(tables, this.queue, this.venue, this.breaches, this.crowd);
    this.unwinding = new Unwinding(tables, this.queue, this.venue, this.breaches);
    this.liquidator = new Liquidator(
      scenario,
      tables,
      this.queue,
      this.venue,
      this.breaches,
      this.auctioneer,
      this.unwinding,
    );
    this.rng = new Rng(tables.streams.a, tables.streams.b, tables.streams.c, tables.streams.d);
    this.outside = new OutsidePrices(
      scenario,
      layout,
      tables,
      this.queue,
      this.rng,
      this.breaches,
      this.belief,
    );
    this.activity = new Activity(scenario.activity, layout, tables, this.queue, this.rng);
    this.actions = this.shockActions();
    this.prepare();
    this.empty = this.world.bytes <= KEPT_BYTES ? this.world.save() : undefined;
  }

  /** Bytes of the world: what a snapshot takes. */
  get bytes(): number {
    return this.world.bytes;
  }

  /** Events handled so far in this run. */
  get events(): number {
    return this.tables.run.events[0]!;
  }

  /** Turns of agents so far in this run. */
  get wakes(): number {
    return this.tables.run.wakes[0]!;
  }

  save(target?: Uint8Array): Uint8Array {
    return this.world.save(target);
  }

  load(snapshot: Uint8Array): void {
    this.world.load(snapshot);
  }

  /**
   * Takes over the state of the world of another scenario, but for the tables named. Only for a scenario that differs in its
   * policy, trading rules and latencies alone, which `goOnUnder` then puts in force.
   */
  adopt(other: Simulation, but: readonly string[]): void {
    this.world.adopt(other.world, but);
  }

  hash(): string {
    return this.world.hash();
  }

  /** Begins a run: the same key gives the same run. */
  start(key: RunKey): void {
    if (this.empty === undefined) {
      this.world.clear();
      this.prepare();
    } else {
      this.world.load(this.empty);
    }
    this.ledger.marks.forEach((mark, i) => this.house.rules.margin.changes.reset?.(i, mark));
    this.outside.start(key);
    this.activity.begin(key);
    this.crowd.populate(key);
    this.house.losses.open();
  }

  /**
   * From here on other luck: a fork is a copy plus a new key. What has been drawn stays (the next wakes that are scheduled,
   * what agents remember), everything that is drawn from now on follows from `key`, and has the law that it had.
   */
  branch(key: RunKey): void {
    this.outside.start(key);
    this.activity.branch(key);
    this.crowd.branch(key);
  }

  /** Handles every event up to and including `until` (µs). */
  run(until: number): void {
    while (this.step(until));
  }

  /** Handles the next event up to and including `until` (µs); false when there is none. */
  step(until: number): boolean {
    const row = this.queue.next(until);
    if (row < 0) return false;
    const { events } = this.tables.run;
    events[0] = events[0]! + 1;
    if (events[0] > this.work) tooMuchWork(this.work);
    this.handle(row);
    if (this.marginClock.everyEvent) this.marginClock.afterEvent();
    return true;
  }

  private handle(row: number): void {
    const { kind, subject, instrument, a, b, c, x } = this.queue.columns;
    const who = subject[row]!;
    const where = instrument[row]!;
    switch (kind[row]!) {
      case Event.WAKE:
        this.crowd.wake(who);
        return;
      case Event.CLOCK:
        this.crowd.strike(who);
        return;
      case Event.LIMIT:
        this.venue.limit(who, where, b[row]!, a[row]!, c[row]!, false);
        return;
      case Event.IMMEDIATE:
        this.venue.limit(who, where, b[row]!, a[row]!, c[row]!, true);
        return;
      case Event.MARKET:
        this.venue.market(who, where, b[row]!, c[row]!);
        return;
      case Event.CANCEL:
        this.venue.cancelTag(who, c[row]!);
        return;
      case Event.CANCEL_OLDEST:
        this.venue.cancelOldest(who);
        return;
      case Event.CANCEL_ALL:
        this.venue.cancelAll(who, where);
        return;
      case Event.TOP_UP:
        this.treasury.topUp(who, x[row]!, a[row]!, b[row]!);
        return;
      case Event.CALLED:
        this.crowd.call(who, x[row]!);
        return;
      case Event.VISIT:
        this.liquidator.visit(who, a[row]!, b[row]!);
        return;
      case Event.MARK_SAMPLE:
        this.repeat(Event.MARK_SAMPLE, where, this.scenario.instruments[where]!.mark.every_us);
        this.venue.sampleMark(where);
        return;
      case Event.MARK_PUBLISH:
        this.crowd.expect(where, a[row]!);
        this.venue.publishMark(where, a[row]!);
        return;
      case Event.INDEX_STEP:
        this.outside.stepIndex(where);
        return;
      case Event.MARGIN_UPDATE:
        this.marginClock.handle(where, a[row]!, b[row]!);
        return;
      case Event.SHOCK_STEP:
        this.shock(who, a[row]!);
        return;
      case Event.WITHDRAW:
        this.treasury.withdraw(who, x[row]!);
        return;
      case Event.LEVERAGE:
        this.treasury.chooseLeverage(who, a[row]!);
        return;
      case Event.ASSET_STEP:
        this.outside.stepAsset(who);
        return;
      case Event.UNWIND:
        this.unwinding.step(who, where);
        return;
      case Event.ACTIVITY_STEP:
        this.activity.step();
        return;
      default:
        if (kind[row] !== Event.VOID && !handleVenueEvent(this.venue, this.queue, row)) {
          throw new InvariantError(`unknown event of kind ${kind[row]!}`);
        }
    }
  }

  /** Everything that is the same in all runs: books, marks, funds, and the events that repeat. */
  private prepare(): void {
    const { scenario, queue, house, ledger } = this;
    queue.reset();
    this.venue.exchange.reset();
    house.reset();
    ledger.mint(INSURANCE, scenario.insuranceQuanta);
    scenario.instruments.forEach((spec, i) => {
      this.fillBook(i, spec);
      const { prices } = this.tables;
      prices.index[i] = spec.price;
      prices.mark[i] = spec.price;
      ledger.marks[i] = spec.price;
      this.venue.open(i, spec.price);
      if (spec.mark.every_us > 0) this.repeat(Event.MARK_SAMPLE, i, spec.mark.every_us);
      this.outside.prepareIndex(i);
      this.marginClock.prepare(i);
    });
    this.outside.prepareAssets();
    this.activity.prepare();
    this.belief.prepare();
    scenario.shocks.forEach((shock, i) => {
      this.queue.columns.a[queue.schedule(shock.at_us, Event.SHOCK_STEP, i, 0)] = 0;
    });
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

  private repeat(kind: number, instrument: number, interval_us: number): void {
    this.queue.schedule(this.queue.now + interval_us, kind, 0, instrument);
  }

  private shock(index: number, step: number): void {
    this.noteReference();
    const delay = this.scenario.shocks[index]!.step(step, this.actions);
    if (delay < 0) return;
    const row = this.queue.schedule(this.queue.now + delay, Event.SHOCK_STEP, index, 0);
    this.queue.columns.a[row] = step + 1;
  }

  /** Prices that falls are measured from, unless there are some already: the middle of each book. */
  noteReference(): void {
    const { prices } = this.tables;
    this.scenario.instruments.forEach((_spec, i) => {
      if (prices.reference[i] !== 0) return;
      const bid = this.book.bestBid(i);
      const ask = this.book.bestAsk(i);
      const middle = bid > 0 && ask > 0 ? Math.round((bid + ask) / 2) : this.ledger.marks[i]!;
      prices.reference[i] = middle;
      prices.low[i] = middle;
      prices.high[i] = middle;
    });
  }

  private shockActions(): ShockActions {
    const { prices } = this.tables;
    return {
      reference: (instrument) => prices.reference[instrument]!,
      lotValue: (instrument, price) => this.ledger.contracts.notional(instrument, 1, price),
      trade: (instrument, lots) => {
        this.venue.market(SHOCK_ACCOUNT, instrument, lots, 0);
      },
      jump: (instrument, change) => {
        this.outside.jumpIndex(instrument, change);
      },
      suspend: (kind, duration_us) => {
        this.crowd.suspend(kind, duration_us);
      },
    };
  }
}

function tooMuchWork(most: number): never {
  const message = `a run of more than ${most} events; raise capacity.work`;
  throw new CapacityError('events of a run', most, 'capacity.work', message);
}
