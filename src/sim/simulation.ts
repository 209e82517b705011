/**
 * One world and the loop that runs it: a queue of events, venues, the traders who act there. Build it once per scenario;
 * `start` a run with a key, `run` it to a time, `save` and `load` it anywhere in between (a fork is a load with something
 * changed), and compare worlds by `hash`.
 */
import { InvariantError } from '../core/errors.ts';
import { CapacityError } from '../core/errors.ts';
import { EventQueue } from '../core/queue.ts';
import { Rng } from '../core/rng.ts';
import type { RunKey } from '../core/seed.ts';
import type { Schema } from '../core/world.ts';
import { World } from '../core/world.ts';
import { Activity } from './crowd/activity.ts';
import { Crowd } from './crowd/crowd.ts';
import type { Layout } from './scenario/layout.ts';
import { layoutOf } from './scenario/layout.ts';
import type { PlacedShock, Scenario } from './scenario/scenario.ts';
import { assertExact } from './scenario/scenario.ts';
import type { CommonTables } from './scenario/tables.ts';
import { kindSchemas, worldSchema } from './scenario/tables.ts';
import type { ShockActions } from './shocks/shock.ts';
import * as Event from './terms/events.ts';
import { handleAt } from './venue/events.ts';
import { shockActionsAt } from './venue/shock-actions.ts';
import { Venue } from './venue/venue.ts';

/** Worlds up to this size keep a second copy to start runs from: faster than filling the books again. */
const KEPT_BYTES = 64 * 1024 * 1024;

export class Simulation {
  private faced: Scenario;
  readonly layout: Layout;
  /** What all venues share; each has its own beside. */
  readonly tables: CommonTables;
  readonly queue: EventQueue;
  readonly venues: readonly Venue[];
  readonly crowd: Crowd;
  readonly activity: Activity;
  private readonly world: World<Schema>;
  /** By listing: the venue that it is of. */
  private readonly venueOf: readonly Venue[];
  /** By venue. */
  private readonly actions: readonly ShockActions[];
  private readonly counts: Float64Array;
  /** Most events of a run, at each venue. */
  private readonly work: number;
  /** The world as it is before the population arrives, the same for every run; large worlds make it anew instead. */
  private readonly empty: Uint8Array | undefined;

  /** Throws ConfigError if the scenario's money could exceed what is exact. */
  constructor(scenario: Scenario) {
    assertExact(scenario);
    this.faced = scenario;
    const layout = (this.layout = layoutOf(scenario));
    this.work = scenario.capacity.work ?? Infinity;
    this.world = new World({ ...worldSchema(layout, scenario.capacity.events), ...kindSchemas(layout) });
    const all = this.world.tables as Readonly<Record<string, unknown>>;
    const tables = (this.tables = all as unknown as CommonTables);
    this.counts = tables.run.events;
    const queue = (this.queue = new EventQueue(tables));
    const rng = new Rng(tables.streams.a, tables.streams.b, tables.streams.c, tables.streams.d);
    const ground = { scenario, layout, tables: all, queue, rng };
    this.venues = scenario.venues.map(
      (_, v) =>
        new Venue(ground, v, (account, auction, offer) => {
          this.crowd.ask(v, account, auction, offer);
        }),
    );
    this.venueOf = this.venues.flatMap((venue) => venue.spec.instruments.map(() => venue));
    this.crowd = new Crowd(scenario, layout, all, queue, this.venues);
    this.activity = new Activity(scenario.activity, layout, tables, queue, rng);
    this.actions = this.venues.map((venue) => shockActionsAt(venue, this.crowd));
    this.prepare();
    this.empty = this.world.bytes <= KEPT_BYTES ? this.world.save() : undefined;
  }

  get scenario(): Scenario {
    return this.faced;
  }

  /** The venue of a world with one. Throws InvariantError in one with several. */
  get only(): Venue {
    const { venues } = this;
    if (venues.length > 1) throw new InvariantError(`one venue is asked for, and there are ${venues.length}`);
    return venues[0]!;
  }

  /** Bytes of the world: what a snapshot takes. */
  get bytes(): number {
    return this.world.bytes;
  }

  /** Events handled so far in this run; what concerns several venues counts at each. */
  get events(): number {
    return total(this.counts);
  }

  /** Turns of agents so far in this run. */
  get wakes(): number {
    return total(this.tables.run.wakes);
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
    for (const venue of this.venues) venue.start(key);
    this.activity.begin(key);
    this.crowd.populate(key);
    for (const { house } of this.venues) house.losses.open();
  }

  /**
   * From here on other luck: a fork is a copy plus a new key. What has been drawn stays (the next wakes that are scheduled,
   * what agents remember), everything that is drawn from now on follows from `key`, and has the law that it had.
   */
  branch(key: RunKey): void {
    for (const { outside } of this.venues) outside.start(key);
    this.activity.branch(key);
    this.crowd.branch(key);
  }

  /**
   * From here on these shocks, which must begin when and where those of the scenario do, and none of which has begun: up to
   * there the world is the same.
   */
  face(shocks: readonly PlacedShock[]): void {
    this.faced = { ...this.faced, shocks };
  }

  /** Handles every event up to and including `until` (µs). */
  run(until: number): void {
    while (this.step(until));
  }

  /** Handles the next event up to and including `until` (µs); false when there is none. */
  step(until: number): boolean {
    const { queue, counts } = this;
    const row = queue.next(until);
    if (row < 0) return false;
    const listing = queue.columns.instrument[row]!;
    const venue = this.venueOf[listing]!;
    const count = counts[venue.number]! + 1;
    counts[venue.number] = count;
    if (count > this.work) tooMuchWork(this.work);
    this.handle(row, venue, listing - venue.queue.first);
    if (venue.marginClock.everyEvent) venue.marginClock.afterEvent();
    return true;
  }

  /** The venue that the event in a row of the queue is of. */
  venueOfEvent(row: number): Venue {
    return this.venueOf[this.queue.columns.instrument[row]!]!;
  }

  /** Throws InvariantError unless money, lots and losses of each venue add up. */
  assertConserved(): void {
    for (const venue of this.venues) venue.assertConserved();
  }

  /** Prices that falls are measured from, unless there are some already. */
  noteReference(): void {
    for (const venue of this.venues) venue.noteReference();
  }

  private handle(row: number, venue: Venue, where: number): void {
    const { kind, subject, a, x } = this.queue.columns;
    const who = subject[row]!;
    switch (kind[row]!) {
      case Event.WAKE:
        this.crowd.wake(venue.number, who);
        return;
      case Event.CLOCK:
        this.crowd.strike(who);
        return;
      case Event.CALLED:
        this.crowd.call(venue.number, who, x[row]!);
        return;
      case Event.MARK_PUBLISH:
        this.crowd.expect(venue.number, where, a[row]!);
        venue.commands.marks.publish(where, a[row]!);
        return;
      case Event.SHOCK_STEP:
        this.shock(who, a[row]!);
        return;
      case Event.ACTIVITY_STEP:
        this.countElsewhere(venue);
        this.activity.step();
        return;
      default:
        handleAt(venue, row, who, where);
    }
  }

  /** An event that is of all venues counts at the others, too. */
  private countElsewhere(venue: Venue): void {
    for (let v = 0; v < this.counts.length; v++) if (v !== venue.number) this.counts[v] = this.counts[v]! + 1;
  }

  /** Everything that is the same in all runs: books, marks, funds, and the events that repeat. */
  private prepare(): void {
    this.queue.reset();
    for (const venue of this.venues) venue.prepare();
    this.activity.prepare();
    this.scenario.shocks.forEach((shock, i) => {
      this.shockAgain(i, shock.at_us, 0);
    });
  }

  private shock(index: number, step: number): void {
    this.noteReference();
    const shock = this.scenario.shocks[index]!;
    const delay = shock.step(step, this.actions[shock.venue ?? 0]!);
    if (delay >= 0) this.shockAgain(index, this.queue.now + delay, step + 1);
  }

  private shockAgain(index: number, time: number, step: number): void {
    const { queue } = this.venues[this.scenario.shocks[index]!.venue ?? 0]!;
    const row = queue.schedule(time, Event.SHOCK_STEP, index, 0);
    queue.columns.a[row] = step;
  }
}

function total(counts: Float64Array): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}

function tooMuchWork(most: number): never {
  const message = `a run of more than ${most} events; raise capacity.work`;
  throw new CapacityError('events of a run', most, 'capacity.work', message);
}
