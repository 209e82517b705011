/**
 * The traders: who they are, when they wake, and what they are asked. Each kind has one accessor object a world, pointed
 * at an agent's row before its turn; each group has one clock if its kind shares one.
 */
import { FIRST_TRADER } from '../../clearing/schema.ts';
import { ConfigError } from '../../core/errors.ts';
import type { EventQueue } from '../../core/queue.ts';
import { Rng } from '../../core/rng.ts';
import type { RunKey } from '../../core/seed.ts';
import { deriveStream, hashName } from '../../core/seed.ts';
import { SECOND, timeAfter } from '../../core/units.ts';
import type { AgentKind, Params, Self, State } from '../agent/agent.ts';
import type { Group } from './births.ts';
import { Births, pointAt } from './births.ts';
import type { Breaches } from '../venue/breaches.ts';
import { CLOCK, WAKE } from '../terms/events.ts';
import { PURPOSE } from '../terms/purposes.ts';
import { Market } from '../agent/market.ts';
import { Turn } from '../agent/me.ts';
import type { Offer } from '../agent/offer.ts';
import { BRANCH, RUN, RunKeys } from '../scenario/run-keys.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Layout, WorldTables } from '../scenario/tables.ts';
import type { Venue } from '../venue/venue.ts';

export class Crowd {
  private readonly groups: Group[] = [];
  private readonly groupOf: Int32Array;
  private readonly tables: WorldTables;
  private readonly queue: EventQueue;
  private readonly venue: Venue;
  private readonly layout: Layout;
  private readonly market: Market;
  private readonly rng: Rng;
  private readonly births: Births;
  private readonly keys: RunKeys;
  private readonly turn = new Turn();
  private readonly sleepUntil: Float64Array;
  private readonly stays: Uint8Array;
  private readonly gone: Uint8Array;
  private readonly wakes: Float64Array;

  constructor(
    scenario: Scenario,
    layout: Layout,
    tables: WorldTables,
    kindTables: Readonly<Record<string, Readonly<Record<string, Float64Array | Int32Array>>>>,
    queue: EventQueue,
    venue: Venue,
    breaches: Breaches,
  ) {
    this.layout = layout;
    this.tables = tables;
    this.queue = queue;
    this.venue = venue;
    const { book, house } = venue;
    this.market = new Market(
      queue,
      venue.exchange,
      venue.phases,
      house.ledger,
      { index: tables.prices.index, ...tables.flow, activity: tables.run.activity },
      scenario.latency.order_us,
      (account) => this.groups[this.groupOf[account]!]!.kind.kind,
    );
    this.rng = new Rng(tables.streams.a, tables.streams.b, tables.streams.c, tables.streams.d);
    // What a trader might add to them would outlive the run.
    Object.preventExtensions(this.market);
    Object.preventExtensions(this.rng);
    this.keys = new RunKeys(tables);
    this.sleepUntil = tables.groups.until_us;
    this.stays = tables.groups.stays;
    this.gone = tables.agents.gone;
    this.wakes = tables.run.wakes;
    this.groupOf = new Int32Array(layout.clearing.accounts).fill(-1);
    const accessors = new Map<AgentKind, Self<Params, State>>();
    for (const { kind } of layout.kinds) {
      const columns = Object.values(kindTables[`kind:${kind.kind}`]!);
      const me = new kind.Accessor().attach(columns, this.turn, book, house);
      accessors.set(kind, Object.preventExtensions(me));
    }
    let account = FIRST_TRADER;
    const rows = new Map<AgentKind, number>();
    scenario.groups.forEach((spec, index) => {
      const { kind, count } = spec;
      if (this.groups.some((other) => other.spec.name === spec.name)) {
        throw new ConfigError(
          ['population', index, 'name'],
          `two groups are named ${spec.name}: same name, same luck`,
        );
      }
      const firstRow = rows.get(kind) ?? 0;
      const me = accessors.get(kind)!;
      this.groups.push({
        spec,
        kind,
        me,
        hash: hashName(spec.name),
        wake: kind.wake,
        firstAccount: account,
        firstRow,
        rates: kind.clock === 'shared' ? me.columns[kind.paramNames.indexOf('rate')]! : NO_RATES,
      });
      this.groupOf.fill(index, account, account + count);
      rows.set(kind, firstRow + count);
      account += count;
    });
    this.births = new Births(
      scenario,
      layout,
      tables,
      this.groups,
      queue,
      house,
      breaches,
      this.rng,
      this.turn,
    );
  }

  /** Draws everybody's parameters, sets up accounts and schedules first wakes. Marks must be set. */
  populate(key: RunKey): void {
    this.keys.set(RUN, key);
    this.keys.set(BRANCH, key);
    this.groups.forEach((group, index) => {
      this.births.populate(key, index);
      this.deriveClock(key, index);
      if (group.kind.clock === 'shared' && group.spec.count > 0) this.scheduleClock(index);
    });
    this.births.review();
  }

  /** A mark (ticks) is about to be published: agents who are born when it comes so far are there before. */
  expect(instrument: number, mark: number): void {
    this.births.expect(this.keys.get(BRANCH), instrument, mark);
  }

  /** From here on all draws follow from another key. Not those of auctions: bidders find the same luck all through one. */
  branch(key: RunKey): void {
    this.keys.set(BRANCH, key);
    this.births.branch(key);
    for (let index = 0; index < this.groups.length; index++) this.deriveClock(key, index);
  }

  /** An agent's own clock strikes. */
  wake(account: number): void {
    if (this.gone[account - FIRST_TRADER] !== 0) return;
    const index = this.groupOf[account]!;
    const group = this.groups[index]!;
    const now = this.queue.now;
    if (now < this.sleepUntil[index]!) {
      this.queue.schedule(this.sleepUntil[index]!, WAKE, account, 0);
      return;
    }
    const delay = this.act(group, account);
    if (delay === Infinity) return;
    if (typeof delay !== 'number' || !(delay >= 0)) {
      const at = `${now / SECOND} s`;
      throw new ConfigError(
        [],
        `agent ${group.kind.kind} at ${at}: wake returned ${String(delay)}, needs a delay in µs or Infinity`,
      );
    }
    this.queue.schedule(timeAfter(now, Math.max(1, delay)), WAKE, account, 0);
  }

  /** A group's shared clock strikes: one agent, each equally likely, wakes. */
  strike(index: number): void {
    const group = this.groups[index]!;
    const rng = this.rng.at(this.layout.streams.clocks + index);
    const who = rng.below(group.spec.count);
    this.scheduleClock(index);
    if (this.queue.now < this.sleepUntil[index]!) return;
    if (this.gone[group.firstAccount + who - FIRST_TRADER] === 0) this.act(group, group.firstAccount + who);
  }

  /** A margin call (or with a demand of 0 a warning) reaches its trader. The answer's luck depends on the trader and the number of the call alone. */
  call(account: number, demand: number): void {
    const index = this.groupOf[account]!;
    if (index < 0 || this.gone[account - FIRST_TRADER] !== 0) return;
    const group = this.groups[index]!;
    const { called, warned } = group.kind;
    if (demand > 0 ? called === undefined : warned === undefined) return;
    const agent = account - group.firstAccount;
    const { agents, streams } = this.tables;
    const number = agents.calls[account - FIRST_TRADER]!;
    agents.calls[account - FIRST_TRADER] = number + 1;
    const { scratch } = this.layout.streams;
    deriveStream(this.keys.get(BRANCH), group.hash, agent, PURPOSE.call + number, streams, scratch);
    this.point(group, account);
    if (demand > 0) called!(group.me, this.market, this.rng.at(scratch), demand);
    else warned!(group.me, this.market, this.rng.at(scratch));
  }

  /** Accounts of the liquidators that are registered for an instrument, in order. */
  bidders(instrument: number): Int32Array {
    const accounts: number[] = [];
    for (const { spec, kind, firstAccount } of this.groups) {
      if (kind.bid === undefined || spec.instrument !== instrument) continue;
      for (let i = 0; i < spec.count; i++) accounts.push(firstAccount + i);
    }
    return Int32Array.from(accounts);
  }

  /** A liquidator is asked what it takes of an offer. Its luck depends on it and the number of the auction alone. */
  ask(account: number, auction: number, offer: Offer): void {
    const index = this.groupOf[account]!;
    const group = this.groups[index]!;
    if (this.queue.now < this.sleepUntil[index]! || this.gone[account - FIRST_TRADER] !== 0) return;
    const { scratch } = this.layout.streams;
    const agent = account - group.firstAccount;
    const key = this.keys.get(RUN);
    deriveStream(key, group.hash, agent, PURPOSE.bid + auction, this.tables.streams, scratch);
    this.point(group, account);
    group.kind.bid!(group.me, this.market, this.rng.at(scratch), offer);
  }

  /** Agents of a kind cancel everything and sleep. */
  suspend(kind: string, duration_us: number): void {
    this.groups.forEach((group, index) => {
      if (group.kind.kind !== kind || this.stays[index] !== 0) return;
      this.sleepUntil[index] = this.queue.now + duration_us;
      for (let i = 0; i < group.spec.count; i++)
        this.venue.cancelAll(group.firstAccount + i, group.spec.instrument);
    });
  }

  private act(group: Group, account: number): number | undefined {
    this.wakes[0] = this.wakes[0]! + 1;
    this.point(group, account);
    const rng = this.rng.at(this.layout.streams.agents + account - FIRST_TRADER);
    return group.wake!(group.me, this.market, rng);
  }

  private point(group: Group, account: number): void {
    pointAt(this.turn, group, account);
    this.market.account = account;
    this.market.instrument = group.spec.instrument;
  }

  private deriveClock(key: RunKey, index: number): void {
    const { clocks } = this.layout.streams;
    deriveStream(key, this.groups[index]!.hash, 0, PURPOSE.clock, this.tables.streams, clocks + index);
  }

  private scheduleClock(index: number): void {
    const { rates, firstRow, spec } = this.groups[index]!;
    // Read from the world each time, so that a snapshot brings its own rate along.
    const strikes = (rates[firstRow]! * spec.count) / SECOND; // per µs
    if (!(strikes > 0)) return;
    const wait = this.rng.at(this.layout.streams.clocks + index).exponential(1 / strikes);
    this.queue.schedule(timeAfter(this.queue.now, Math.max(1, wait)), CLOCK, index, 0);
  }
}

const NO_RATES = new Float64Array(0);
