/** The event queue against a sorted list: order, ties, the clock, all wheels and the list for later. */
import { describe, expect, test } from 'vitest';
import { CapacityError, InvariantError } from '../../src/core/errors.ts';
import { EventQueue, queueSchema } from '../../src/core/queue.ts';
import { World } from '../../src/core/world.ts';
import { NaiveQueue } from './naive-queue.ts';
import { Digits, playScripts, Story } from './naive-script.ts';
import { LONG } from '../setup/long.ts';

// One turn of each wheel, µs: what is further away goes to the next, and beyond the last to the list for later.
const TURN_0 = 8 * 2048;
const TURN_1 = TURN_0 * 2048;
const TURN_2 = TURN_1 * 2048;
const LONGEST = 1e12;
const DISTANT = 8e15; // no script gets near: times must stay exact

function newQueue(events: number) {
  const world = new World(queueSchema(events));
  const queue = new EventQueue(world.tables);
  queue.reset();
  return { world, queue };
}

/** Delays of all sizes: within each wheel, at the borders of the turns, beyond them all. */
function delay(digits: Digits, now: number): number {
  const size = digits.below(16);
  const turn = [TURN_0, TURN_1, TURN_2][size % 3]!;
  const border = Math.floor(now / turn) * turn + turn * (1 + digits.below(3)) - now;
  const share = digits.below(1 << 14) / (1 << 14);
  if (size < 2) return digits.below(4);
  if (size < 5) return border;
  if (size < 6) return border - 1;
  if (size < 7) return border + digits.below(3);
  if (size < 9) return Math.floor(share * 2 * TURN_0);
  if (size < 11) return Math.floor(share * 3 * TURN_1);
  if (size < 14) return Math.floor(share * 3 * TURN_2);
  return Math.floor(share * LONGEST);
}

class Play {
  readonly #events: number;
  readonly #story = new Story();
  readonly #naive = new NaiveQueue();
  #ids = 0;
  #engine: ReturnType<typeof newQueue>;

  constructor(events: number) {
    this.#events = events;
    this.#engine = newQueue(events);
  }

  step(word: number): void {
    const digits = new Digits(word);
    const act = digits.below(128);
    if (act < 44) this.#schedule(this.#naive.now + delay(digits, this.#naive.now));
    else if (act < 62)
      this.#schedule(this.#pendingTime(digits)); // a tie
    else if (act < 100) this.#next(DISTANT);
    else if (act < 106) this.#next(this.#pendingTime(digits));
    else if (act < 112) this.#next((this.#naive.events[0]?.time ?? 1) - 1);
    else if (act < 126) this.#next(this.#naive.now + delay(digits, this.#naive.now));
    else if (act < 127) this.#fork();
    else this.#drain();
    this.#story.same('now', this.#engine.queue.now, this.#naive.now);
    this.#story.same('pending', this.#engine.queue.pending, this.#naive.events.length);
  }

  finish(): void {
    this.#drain();
    this.#story.same('pending at the end', this.#engine.queue.pending, 0);
  }

  get steps(): number {
    return this.#ids;
  }

  #schedule(time: number): void {
    const { queue, world } = this.#engine;
    if (this.#naive.events.length === this.#events) {
      const hash = world.hash();
      expect(() => queue.schedule(time, 0, 0, 0)).toThrow(CapacityError);
      this.#story.same('hash of a full queue', world.hash(), hash);
      return;
    }
    const id = this.#ids++;
    this.#story.add(`schedule ${id} for ${time}`);
    const row = queue.schedule(time, id & 7, id & 1023, id & 3);
    queue.columns.a[row] = id;
    queue.columns.x[row] = id / 2;
    this.#naive.schedule(time, id);
  }

  #next(until: number): void {
    if (until === DISTANT && this.#naive.events.length === 0) return;
    const { queue } = this.#engine;
    this.#story.add(`next until ${until}`);
    const expected = this.#naive.next(until);
    const row = queue.next(until);
    const { time_us, kind, subject, instrument, a, x } = queue.columns;
    this.#story.same('event', row < 0 ? undefined : a[row], expected?.id);
    if (expected === undefined) return;
    const { time, id } = expected;
    const payload = [time_us[row], kind[row], subject[row], instrument[row], x[row]];
    this.#story.same('payload', payload, [time, id & 7, id & 1023, id & 3, id / 2]);
    expect(queue.now).toBe(time);
    expect(time).toBeLessThanOrEqual(until);
  }

  #drain(): void {
    while (this.#naive.events.length > 0) this.#next(DISTANT);
  }

  /** Goes on in another world. */
  #fork(): void {
    this.#story.add('fork');
    const other = newQueue(this.#events);
    other.world.load(this.#engine.world.save());
    this.#engine = other;
  }

  /** The time of one of the events that wait, or now. */
  #pendingTime(digits: Digits): number {
    const { events, now } = this.#naive;
    return events[digits.below(events.length + 1)]?.time ?? now;
  }
}

describe('agrees with a sorted list', () => {
  test.each([
    ['few events', 8, 100, 1000, 10_000],
    ['many events', 600, LONG ? 40 : 14, 12_000, LONG ? 60_000 : 20_000],
  ])('%s', (_name, events, scripts, longest, least) => {
    let scheduled = 0;
    playScripts(scripts, longest, (script) => {
      const play = new Play(events);
      for (const word of script) play.step(word);
      play.finish();
      scheduled += play.steps;
    });
    expect(scheduled).toBeGreaterThan(least);
  });
});

test('events of one microsecond leave in the order of scheduling, from wherever they were scheduled', () => {
  const { queue } = newQueue(20);
  const time = 3 * TURN_2 + 5 * TURN_1 + 7 * TURN_0 + 9;
  [0, TURN_2, 3 * TURN_2, 3 * TURN_2 + 5 * TURN_1, time - 9, time - 1].forEach((stop, i) => {
    expect(queue.next(stop)).toBe(-1);
    queue.schedule(time, 0, 2 * i, 0);
    queue.schedule(time, 0, 2 * i + 1, 0);
    queue.schedule(stop, 1, 0, 0); // takes the wheels along
    expect(queue.columns.kind[queue.next(stop)]).toBe(1);
  });
  const leave = [queue.columns.subject[queue.next(time)]];
  queue.schedule(time, 0, 12, 0); // at the very microsecond
  for (let row = queue.next(time); row >= 0; row = queue.next(time)) leave.push(queue.columns.subject[row]);
  expect(leave).toEqual(Array.from({ length: 13 }, (_, i) => i));
});

test('next(until) never passes until, and the clock goes there without an event', () => {
  const { queue } = newQueue(4);
  for (const time of [5, 5000, 1e7, 1e10]) queue.schedule(time, 0, 0, 0);
  expect(queue.next(4)).toBe(-1);
  expect(queue.now).toBe(4);
  expect(queue.columns.time_us[queue.next(5)]).toBe(5);
  for (const before of [4999, 1e7 - 1, 1e10 - 1]) {
    expect(queue.next(before)).toBe(-1);
    expect(queue.now).toBe(before);
    expect(queue.columns.time_us[queue.next(before + 1)]).toBe(before + 1);
    expect(queue.now).toBe(before + 1);
  }
  expect(queue.next(2e10)).toBe(-1);
  expect(queue.now).toBe(2e10);
  expect(queue.next(1)).toBe(-1); // the clock does not go back
  expect(queue.now).toBe(2e10);
});

test.each([
  ['the past', 99],
  ['a fraction', 100.5],
  ['no number', NaN],
  ['never', Infinity],
  ['where microseconds are no longer exact', 2 ** 53],
])('scheduling for %s is a defect', (_name, time) => {
  const { world, queue } = newQueue(2);
  queue.next(100);
  const hash = world.hash();
  expect(() => queue.schedule(time, 7, 0, 0)).toThrow(InvariantError);
  expect(() => queue.schedule(time, 7, 0, 0)).toThrow(
    `event of kind 7 scheduled for ${time} µs; it is now 100 µs`,
  );
  expect(world.hash()).toBe(hash);
});

test('a full queue names its setting, and works on', () => {
  const { queue } = newQueue(2);
  queue.schedule(1, 0, 10, 0);
  queue.schedule(1, 0, 11, 0);
  const full = new CapacityError('events', 2, 'capacity.events');
  expect(() => queue.schedule(1, 0, 12, 0)).toThrow(full);
  expect(queue.columns.subject[queue.next(9)]).toBe(10);
  queue.schedule(1, 0, 13, 0);
  expect([queue.next(9), queue.next(9)].map((row) => queue.columns.subject[row])).toEqual([11, 13]);
});

test('the row of an event stays readable until the next is scheduled', () => {
  const { queue } = newQueue(3);
  queue.columns.x[queue.schedule(50, 1, 2, 3)] = 0.25;
  const row = queue.next(50);
  const { columns } = queue;
  expect([columns.kind[row], columns.subject[row], columns.instrument[row], columns.x[row]]).toEqual([
    1, 2, 3, 0.25,
  ]);
  expect(queue.pending).toBe(0);
});

test('a queue loaded in the middle goes on as the saved one does, to the byte', () => {
  const { world, queue } = newQueue(300);
  const other = newQueue(300);
  /** Pops, and schedules on from what it popped, so that a difference would grow. */
  const run = (it: EventQueue, events: number): number[] => {
    const order: number[] = [];
    for (let i = 0; i < events; i++) {
      const row = it.next(DISTANT);
      const subject = it.columns.subject[row]!;
      order.push(subject, it.now);
      const reach = [1, 300, 70_000, 9e6, 2e10][subject % 5]!;
      it.schedule(it.now + ((subject * 7919) % reach), 0, (subject * 31 + 7) % 1009, 0);
    }
    return order;
  };
  for (let i = 0; i < 250; i++) queue.schedule((i * 104_729) % 9e5, 0, i, 0);
  run(queue, 5000);
  const saved = world.save();
  const rest = run(queue, 5000);
  other.world.load(saved);
  expect(run(other.queue, 5000)).toEqual(rest);
  expect(other.world.hash()).toBe(world.hash());
});
