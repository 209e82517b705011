/**
 * Event queue in columns, popped in the order of (time, sequence): events at the same microsecond leave in the
 * order in which they were scheduled.
 *
 * Three wheels of 2,048 slots: of 8 µs (the current 16 ms), of 16 ms (the current 34 s) and of 34 s (the current
 * 19 h), and one list for later. An event enters the finest wheel whose current turn holds its time; when the clock
 * reaches a coarse slot, its events drop to the finer wheels in list order, so that whatever is scheduled later for that
 * turn comes behind them. No event is moved more than three times, however many are pending.
 * The finest slots are kept sorted, from behind, as the newest event is nearly always the last. 8 µs is a
 * compromise: with a thousand events a second a turn holds 16, with a million a slot holds 8.
 * The idea: Varghese and Lauck 1987, hierarchical timing wheels.
 */
import { Buckets, bucketsSchema } from './buckets.ts';
import { InvariantError } from './errors.ts';
import { Pool, poolSchema } from './pool.ts';
import type { Columns, TableSchema } from './world.ts';

const SLOTS = 2048;
const FINE = 3; // a slot of the finest wheel is 2^3 µs
const COARSE = FINE + 11; // and one of the next is a turn of it
const TURN_0 = SLOTS << FINE; // µs in one turn of the finest wheel
const TURN_1 = TURN_0 * SLOTS;
const TURN_2 = TURN_1 * SLOTS;
const WHEEL_1 = SLOTS;
const WHEEL_2 = 2 * SLOTS;
const LATER = 3 * SLOTS;

export const queueSchema = (events: number) => {
  const pool = poolSchema(events);
  const buckets = bucketsSchema(events, LATER + 1);
  return {
    event_links: buckets.links,
    event_words: buckets.words,
    event_summary: buckets.summary,
    event_free: pool.free,
    event_pool: pool.cell,
    /** The payload's meaning depends on `kind`: who (`subject`), where (`instrument`), and five numbers. */
    events: {
      rows: events,
      columns: {
        time_us: 'f64',
        kind: 'i32',
        subject: 'i32',
        instrument: 'i32',
        a: 'i32',
        b: 'i32',
        c: 'i32',
        d: 'i32',
        x: 'f64',
      },
    },
    event_clock: { rows: 1, columns: { now_us: 'f64', turn_0: 'f64', turn_1: 'f64', turn_2: 'f64' } },
  } as const satisfies Record<string, TableSchema>;
};

type QueueTables = ReturnType<typeof queueSchema>;
type QueueColumns = { readonly [T in keyof QueueTables]: Columns<QueueTables[T]> };

export class EventQueue {
  readonly columns: QueueColumns['events'];
  private readonly buckets: Buckets;
  private readonly pool: Pool;
  private readonly time: Float64Array;
  private readonly clock: Float64Array;
  /** Start times of the current turn of each wheel, µs. */
  private readonly turn0: Float64Array;
  private readonly turn1: Float64Array;
  private readonly turn2: Float64Array;

  constructor(tables: QueueColumns) {
    this.columns = tables.events;
    this.time = tables.events.time_us;
    const rows = tables.events.time_us.length;
    this.buckets = new Buckets(rows, tables.event_links, tables.event_words, tables.event_summary);
    this.pool = new Pool('events', 'capacity.events', tables.event_free, tables.event_pool);
    this.clock = tables.event_clock.now_us;
    this.turn0 = tables.event_clock.turn_0;
    this.turn1 = tables.event_clock.turn_1;
    this.turn2 = tables.event_clock.turn_2;
  }

  /** Must run once on a zeroed world; time starts at 0. */
  reset(): void {
    this.buckets.reset();
  }

  /** The present, µs since the start. */
  get now(): number {
    return this.clock[0]!;
  }

  /** Events waiting. */
  get pending(): number {
    return this.pool.used;
  }

  /**
   * Schedules an event at `time` (integer µs, not before now). Returns its row, whose further columns (a, b, c, d, x)
   * the caller sets. Throws CapacityError when all rows are in use.
   */
  schedule(time: number, kind: number, subject: number, instrument: number): number {
    // A fraction would never come up; neither the past nor infinity is ever reached: defects of the caller.
    if (!(time >= this.clock[0]!) || !Number.isSafeInteger(time)) this.badTime(time, kind);
    const row = this.pool.take();
    const { columns } = this;
    columns.time_us[row] = time;
    columns.kind[row] = kind;
    columns.subject[row] = subject;
    columns.instrument[row] = instrument;
    this.place(row, time);
    return row;
  }

  /**
   * Takes the next event not later than `until` (finite) and moves the clock to its time; when there is none,
   * moves the clock to `until` and returns -1. The row stays readable until the next `schedule`.
   */
  next(until: number): number {
    const { buckets } = this;
    for (;;) {
      const turn = this.turn0[0]!;
      const now = this.clock[0]!;
      const passed = now > turn ? now - turn : 0;
      const slot = passed < TURN_0 ? buckets.lowest(passed >>> FINE, SLOTS - 1) : -1;
      if (slot >= 0) {
        const row = buckets.first(slot);
        const time = this.time[row]!;
        if (time > until) break;
        buckets.removeFirst(slot, row, buckets.nextOf(row));
        this.pool.give(row);
        this.clock[0] = time;
        return row;
      }
      if (!this.turnWheels(until)) break;
    }
    if (until > this.clock[0]!) this.clock[0] = until;
    return -1;
  }

  /** Puts an event into the finest wheel whose current turn holds its time. */
  private place(row: number, time: number): void {
    const { buckets } = this;
    const ahead = time - this.turn0[0]!;
    if (ahead >= TURN_0) {
      buckets.append(this.coarseSlotOf(time), row);
      return;
    }
    const slot = ahead >>> FINE;
    let before = buckets.last(slot);
    while (before < buckets.nodes && this.time[before]! > time) before = buckets.prevOf(before);
    buckets.insertBehind(slot, before, row);
  }

  private coarseSlotOf(time: number): number {
    const ahead1 = time - this.turn1[0]!;
    if (ahead1 < TURN_1) return WHEEL_1 + (ahead1 >>> COARSE);
    const ahead2 = time - this.turn2[0]!;
    if (ahead2 < TURN_2) return WHEEL_2 + Math.floor(ahead2 / TURN_1);
    return LATER;
  }

  /** The finest wheel is done: opens the next coarse slot that holds events, unless it starts after `until`. */
  private turnWheels(until: number): boolean {
    const turn1 = this.turn1[0]!;
    const turn2 = this.turn2[0]!;
    const done1 = (this.turn0[0]! - turn1) / TURN_0;
    const slot1 = done1 < SLOTS - 1 ? this.buckets.lowest(WHEEL_1 + done1 + 1, WHEEL_2 - 1) : -1;
    if (slot1 >= 0) {
      const start = turn1 + (slot1 - WHEEL_1) * TURN_0;
      if (start > until) return false;
      this.turn0[0] = start;
      this.drop(slot1);
      return true;
    }
    const done2 = (turn1 - turn2) / TURN_1;
    const slot2 = done2 < SLOTS - 1 ? this.buckets.lowest(WHEEL_2 + done2 + 1, LATER - 1) : -1;
    if (slot2 >= 0) {
      const start = turn2 + (slot2 - WHEEL_2) * TURN_1;
      if (start > until) return false;
      this.turn1[0] = start;
      this.turn0[0] = start;
      this.drop(slot2);
      return true;
    }
    const earliest = this.earliestLater();
    const start = Math.floor(earliest / TURN_2) * TURN_2;
    if (!(start <= until)) return false;
    this.turn2[0] = start;
    this.turn1[0] = start;
    this.turn0[0] = start;
    this.drop(LATER);
    return true;
  }

  /** Moves the events of a coarse slot to where they belong now, in their order. */
  private drop(slot: number): void {
    const { buckets } = this;
    // What belongs in the same list again (LATER only) goes behind `last`, and the walk ends before it.
    const last = buckets.last(slot);
    for (let row = buckets.first(slot); ;) {
      const next = buckets.nextOf(row);
      buckets.remove(row);
      this.place(row, this.time[row]!);
      if (row === last) return;
      row = next;
    }
  }

  private earliestLater(): number {
    const { buckets } = this;
    let earliest = Infinity;
    for (let row = buckets.first(LATER); row < buckets.nodes; row = buckets.nextOf(row)) {
      if (this.time[row]! < earliest) earliest = this.time[row]!;
    }
    return earliest;
  }

  private badTime(time: number, kind: number): never {
    throw new InvariantError(`event of kind ${kind} scheduled for ${time} µs; it is now ${this.now} µs`);
  }
}
