/**
 * Event queue in columns, popped in the order of (time, sequence): events at the same microsecond leave in the
 * order in which they were scheduled.
 *
 * Three wheels of 2,048 slots: of 1 µs (the current 2 ms), of 2 ms (the current 4.2 s) and of 4.2 s (the current
 * 2.4 h), and one list for later. An event enters the finest wheel whose current turn holds its time; when the clock
 * reaches a coarse slot, its events drop to the finer wheels in list order. Any event of that turn scheduled later
 * goes behind them, so order within a microsecond is the order of scheduling without any comparison, and no event is
 * moved more than three times however many are pending.
 * The idea: Varghese and Lauck 1987, hierarchical timing wheels.
 */
import { Buckets, bucketsSchema } from './buckets.ts';
import { InvariantError } from './errors.ts';
import { Pool, poolSchema } from './pool.ts';
import type { Columns, TableSchema } from './world.ts';

const SLOTS = 2048;
const TURN_0 = SLOTS; // µs in one turn of the finest wheel
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
    /** The payload's meaning depends on `kind`: who (`subject`), where (`instrument`), and three numbers. */
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
  readonly #buckets: Buckets;
  readonly #pool: Pool;
  readonly #time: Float64Array;
  readonly #now: Float64Array;
  /** Start times of the current turn of each wheel, µs. */
  readonly #turn0: Float64Array;
  readonly #turn1: Float64Array;
  readonly #turn2: Float64Array;

  constructor(tables: QueueColumns) {
    this.columns = tables.events;
    this.#time = tables.events.time_us;
    const rows = tables.events.time_us.length;
    this.#buckets = new Buckets(rows, tables.event_links, tables.event_words, tables.event_summary);
    this.#pool = new Pool('events', 'capacity.events', tables.event_free, tables.event_pool);
    this.#now = tables.event_clock.now_us;
    this.#turn0 = tables.event_clock.turn_0;
    this.#turn1 = tables.event_clock.turn_1;
    this.#turn2 = tables.event_clock.turn_2;
  }

  /** Must run once on a zeroed world; time starts at 0. */
  reset(): void {
    this.#buckets.reset();
  }

  /** The present, µs since the start. */
  get now(): number {
    return this.#now[0]!;
  }

  /** Events waiting. */
  get pending(): number {
    return this.#pool.used;
  }

  /**
   * Schedules an event at `time` (integer µs, not before now). Returns its row, whose further columns (a, b, c, x)
   * the caller sets. Throws CapacityError when all rows are in use.
   */
  schedule(time: number, kind: number, subject: number, instrument: number): number {
    // A fraction would fall between slots; neither the past nor infinity is ever reached: defects of the caller.
    if (!(time >= this.#now[0]!) || !Number.isSafeInteger(time)) this.#badTime(time, kind);
    const row = this.#pool.take();
    const columns = this.columns;
    this.#time[row] = time;
    columns.kind[row] = kind;
    columns.subject[row] = subject;
    columns.instrument[row] = instrument;
    this.#buckets.append(this.#slotOf(time), row);
    return row;
  }

  /**
   * Takes the next event not later than `until` (finite) and moves the clock to its time; when there is none,
   * moves the clock to `until` and returns -1. The row stays readable until the next `schedule`.
   */
  next(until: number): number {
    for (;;) {
      const turn = this.#turn0[0]!;
      const now = this.#now[0]!;
      const slot = this.#buckets.lowest(now > turn ? now - turn : 0, SLOTS - 1);
      if (slot >= 0) {
        const time = turn + slot;
        if (time > until) break;
        const row = this.#buckets.first(slot);
        this.#buckets.remove(row);
        this.#pool.give(row);
        this.#now[0] = time;
        return row;
      }
      if (!this.#turnWheels(until)) break;
    }
    if (until > this.#now[0]!) this.#now[0] = until;
    return -1;
  }

  #slotOf(time: number): number {
    const ahead0 = time - this.#turn0[0]!;
    if (ahead0 < TURN_0) return ahead0;
    const ahead1 = time - this.#turn1[0]!;
    if (ahead1 < TURN_1) return WHEEL_1 + (ahead1 >>> 11);
    const ahead2 = time - this.#turn2[0]!;
    if (ahead2 < TURN_2) return WHEEL_2 + Math.floor(ahead2 / TURN_1);
    return LATER;
  }

  /** The finest wheel is done: opens the next coarse slot that holds events, unless it starts after `until`. */
  #turnWheels(until: number): boolean {
    const turn1 = this.#turn1[0]!;
    const turn2 = this.#turn2[0]!;
    const done1 = (this.#turn0[0]! - turn1) / TURN_0;
    const slot1 = done1 < SLOTS - 1 ? this.#buckets.lowest(WHEEL_1 + done1 + 1, WHEEL_2 - 1) : -1;
    if (slot1 >= 0) {
      const start = turn1 + (slot1 - WHEEL_1) * TURN_0;
      if (start > until) return false;
      this.#turn0[0] = start;
      this.#drop(slot1);
      return true;
    }
    const done2 = (turn1 - turn2) / TURN_1;
    const slot2 = done2 < SLOTS - 1 ? this.#buckets.lowest(WHEEL_2 + done2 + 1, LATER - 1) : -1;
    if (slot2 >= 0) {
      const start = turn2 + (slot2 - WHEEL_2) * TURN_1;
      if (start > until) return false;
      this.#turn1[0] = start;
      this.#turn0[0] = start;
      this.#drop(slot2);
      return true;
    }
    const earliest = this.#earliestLater();
    const start = Math.floor(earliest / TURN_2) * TURN_2;
    if (!(start <= until)) return false;
    this.#turn2[0] = start;
    this.#turn1[0] = start;
    this.#turn0[0] = start;
    this.#drop(LATER);
    return true;
  }

  /** Moves the events of a coarse slot to where they belong now, in their order. */
  #drop(slot: number): void {
    const buckets = this.#buckets;
    const end = buckets.nodes + slot;
    // What belongs in the same list again (LATER only) goes behind `last`, and the walk ends before it.
    const last = buckets.prev[end]!;
    for (let row = buckets.first(slot); ;) {
      const next = buckets.next[row]!;
      buckets.remove(row);
      buckets.append(this.#slotOf(this.#time[row]!), row);
      if (row === last) return;
      row = next;
    }
  }

  #earliestLater(): number {
    let earliest = Infinity;
    const buckets = this.#buckets;
    for (let row = buckets.first(LATER); row < buckets.nodes; row = buckets.next[row]!) {
      if (this.#time[row]! < earliest) earliest = this.#time[row]!;
    }
    return earliest;
  }

  #badTime(time: number, kind: number): never {
    throw new InvariantError(`event of kind ${kind} scheduled for ${time} µs; it is now ${this.now} µs`);
  }
}
