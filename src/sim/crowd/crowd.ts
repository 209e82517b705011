/**
 * The traders: who they are, when they wake, and what they are asked. Each kind has one accessor object a world, pointed
 * at an agent's row before its turn; each group has one clock if its kind shares one.
 */
import { ConfigError } from '../../core/errors.ts';
import type { EventQueue } from '../../core/queue.ts';
import { Rng } from '../../core/rng.ts';
import type { RunKey } from '../../core/seed.ts';
import { deriveStream } from '../../core/seed.ts';
import { SECOND, timeAfter } from '../../core/units.ts';
import { Births } from './births.ts';
import type { Group, KindTables } from './groups.ts';
import { accountsOf, groupsOf, marketsOf, NOBODY, pointAt, refuseTwins } from './groups.ts';
import { CLOCK, WAKE } from '../terms/events.ts';
import { PURPOSE } from '../terms/purposes.ts';
import type { Market } from '../agent/market.ts';
import { Turn } from '../agent/me.ts';
import type { Offer } from '../agent/offer.ts';
import type { Registry } from '../agent/registry.ts';
import { BRANCH, RUN, RunKeys } from '../scenario/run-keys.ts';
import type { Layout } from '../scenario/layout.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { registeredAt } from '../scenario/scenario.ts';
import type { CommonTables } from '../scenario/tables.ts';
import type { Venue } from '../venue/venue.ts';

export class Crowd implements Registry {
  private readonly groups: readonly Group[];
  private readonly venues: readonly Venue[];
  /** By venue, then by account: the group whose trader has it. */
  private readonly groupOf: readonly Int32Array[];
  private readonly tables: CommonTables;
  private readonly queue: EventQueue;
  private readonly layout: Layout;
  private readonly rng: Rng;
  private readonly births: Births;
  private readonly keys: RunKeys;
  private readonly turn = new Turn();
  private readonly sleepUntil: Float64Array;
  private readonly stays: Uint8Array;
  private readonly gone: Uint8Array;
  private readonly wakes: Float64Array;

  /** `all`: every table of the world, by name. */
  constructor(
    { groups }: Scenario,
    layout: Layout,
    all: Readonly<Record<string, unknown>>,
    queue: EventQueue,
    venues: readonly Venue[],
  ) {
    const tables = (this.tables = all as unknown as CommonTables);
    this.layout = layout;
    this.venues = venues;
    this.queue = queue;
    this.rng = new Rng(tables.streams.a, tables.streams.b, tables.streams.c, tables.streams.d);
    // What a trader might add to it would outlive the run.
    Object.preventExtensions(this.rng);
    this.keys = new RunKeys(tables);
    this.sleepUntil = tables.groups.until_us;
    this.stays = tables.groups.stays;
    this.gone = tables.agents.gone;
    this.wakes = tables.run.wakes;
    refuseTwins(groups);
    this.groupOf = accountsOf(groups, layout);
    const markets = marketsOf(venues, tables.run.activity, this, (venue, account) => {
      return this.groups[this.groupOf[venue]![account]!]!.kind.kind;
    });
    this.groups = groupsOf(groups, layout, all as KindTables, venues, markets, this.turn);
    this.births = new Births(this.groups, venues, this, layout, tables, queue, this.rng, this.turn);
  }

  find(from: number, account: number, name: string): number {
    const { spec, kind } = this.groups[this.groupOf[from]![account]!]!;
    const at = registeredAt(spec);
    for (const v of at) if (this.venues[v]!.name === name) return v;
    const names = at.map((v) => this.venues[v]!.name);
    const where =
      names.length === 1 && names[0] === ''
        ? 'there is one venue, without a name'
        : `it is registered at ${names.join(', ')}`;
    const when = `${this.queue.now / SECOND} s`;
    throw new ConfigError([], `agent ${kind.kind} at ${when}: not registered at venue ${name}: ${where}`);
  }

  sameInstrument(from: number, instrument: number, to: number): number {
    const { instruments } = this.venues[to]!.spec;
    const { name } = this.venues[from]!.spec.instruments[instrument]!;
    for (let i = 0; i < instruments.length; i++) if (instruments[i]!.name === name) return i;
    return 0;
  }

  /** Number among all agents of the one that has an account at a venue; −1: nobody. */
  agentAt(venue: number, account: number): number {
    const index = this.groupOf[venue]![account] ?? NOBODY;
    if (index < 0) return NOBODY;
    const { firstAgent, firstAccount } = this.groups[index]!;
    return firstAgent + account - firstAccount;
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

  /** A mark (ticks) is about to be published at a venue: agents who are born when it comes so far are there before. */
  expect(venue: number, instrument: number, mark: number): void {
    this.births.expect(this.keys.get(BRANCH), venue, instrument, mark);
  }

  /** From here on all draws follow from another key. Not those of auctions: bidders find the same luck all through one. */
  branch(key: RunKey): void {
    this.keys.set(BRANCH, key);
    this.births.branch(key);
    for (let index = 0; index < this.groups.length; index++) this.deriveClock(key, index);
  }

  /** The own clock of the agent that has an account at a venue strikes. */
  wake(venue: number, account: number): void {
    const index = this.groupOf[venue]![account]!;
    const group = this.groups[index]!;
    const agent = group.firstAgent + account - group.firstAccount;
    if (this.gone[agent] !== 0) return;
    const { queue } = group.venue;
    const now = queue.now;
    if (now < this.sleepUntil[index]!) {
      queue.schedule(this.sleepUntil[index]!, WAKE, account, 0);
      return;
    }
    const delay = this.act(group, account, agent);
    if (delay === Infinity) return;
    if (typeof delay !== 'number' || !(delay >= 0)) {
      const at = `${now / SECOND} s`;
      throw new ConfigError(
        [],
        `agent ${group.kind.kind} at ${at}: wake returned ${String(delay)}, needs a delay in µs or Infinity`,
      );
    }
    queue.schedule(timeAfter(now, Math.max(1, delay)), WAKE, account, 0);
  }

  /** A group's shared clock strikes: one agent, each equally likely, wakes. */
  strike(index: number): void {
    const group = this.groups[index]!;
    const rng = this.rng.at(this.layout.streams.clocks + index);
    const who = rng.below(group.spec.count);
    this.scheduleClock(index);
    if (this.queue.now < this.sleepUntil[index]!) return;
    const agent = group.firstAgent + who;
    if (this.gone[agent] === 0) this.act(group, group.firstAccount + who, agent);
  }

  /**
   * A margin call (or with a demand of 0 a warning) of a venue reaches its trader. The answer's luck depends on the trader and
   * the number of the call alone.
   */
  call(venue: number, account: number, demand: number): void {
    const index = this.groupOf[venue]![account]!;
    if (index < 0) return;
    const group = this.groups[index]!;
    const number = account - group.firstAccount;
    const agent = group.firstAgent + number;
    if (this.gone[agent] !== 0) return;
    const { called, warned } = group.kind;
    if (demand > 0 ? called === undefined : warned === undefined) return;
    const { agents, streams } = this.tables;
    const call = agents.calls[agent]!;
    agents.calls[agent] = call + 1;
    const { scratch } = this.layout.streams;
    deriveStream(this.keys.get(BRANCH), group.hash, number, PURPOSE.call + call, streams, scratch);
    this.point(group, account);
    const there = this.marketAt(group, venue);
    if (demand > 0) called!(group.me, there, this.rng.at(scratch), demand);
    else warned!(group.me, there, this.rng.at(scratch));
  }

  /** A liquidator is asked what it takes of an offer at a venue. Its luck depends on it and the number of the auction alone. */
  ask(venue: number, account: number, auction: number, offer: Offer): void {
    const index = this.groupOf[venue]![account]!;
    const group = this.groups[index]!;
    const number = account - group.firstAccount;
    if (this.queue.now < this.sleepUntil[index]! || this.gone[group.firstAgent + number] !== 0) return;
    const { scratch } = this.layout.streams;
    const key = this.keys.get(RUN);
    deriveStream(key, group.hash, number, PURPOSE.bid + auction, this.tables.streams, scratch);
    this.point(group, account);
    group.kind.bid!(group.me, group.market, this.rng.at(scratch), offer);
  }

  /** Agents of a kind whose home is this venue cancel everything there and sleep. */
  suspend(venue: number, kind: string, duration_us: number): void {
    this.groups.forEach((group, index) => {
      if (group.kind.kind !== kind || group.venue.number !== venue || this.stays[index] !== 0) return;
      this.sleepUntil[index] = this.queue.now + duration_us;
      for (let i = 0; i < group.spec.count; i++)
        group.venue.commands.cancelAll(group.firstAccount + i, group.spec.instrument);
    });
  }

  private act(group: Group, account: number, agent: number): number | undefined {
    const home = group.venue.number;
    this.wakes[home] = this.wakes[home]! + 1;
    this.point(group, account);
    const rng = this.rng.at(this.layout.streams.agents + agent);
    return group.wake!(group.me, group.market, rng);
  }

  private point(group: Group, account: number): void {
    pointAt(this.turn, group, account);
    group.market.account = account;
    group.market.instrument = group.spec.instrument;
  }

  /** The market of a venue at which an agent is registered, pointed at it; its home market must be. */
  private marketAt(group: Group, venue: number): Market {
    if (group.venue.number === venue) return group.market;
    return group.market.on(this.venues[venue]!.name);
  }

  private deriveClock(key: RunKey, index: number): void {
    const { clocks } = this.layout.streams;
    deriveStream(key, this.groups[index]!.hash, 0, PURPOSE.clock, this.tables.streams, clocks + index);
  }

  private scheduleClock(index: number): void {
    const { rates, firstRow, spec, venue } = this.groups[index]!;
    // Read from the world each time, so that a snapshot brings its own rate along.
    const strikes = (rates[firstRow]! * spec.count) / SECOND; // per µs
    if (!(strikes > 0)) return;
    const wait = this.rng.at(this.layout.streams.clocks + index).exponential(1 / strikes);
    venue.queue.schedule(timeAfter(this.queue.now, Math.max(1, wait)), CLOCK, index, 0);
  }
}
