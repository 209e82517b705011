/**
 * Plays one run: makes it once from its seed to its end (the rehearsal), noting what a picture of the whole needs and saving
 * the world now and then; from then on it goes to any moment at once, by the nearest saved world before it.
 */
import type { Simulation } from '../sim/simulation.ts';
import type { Saved } from './course.ts';
import { Course } from './course.ts';
import type { Script } from './script.ts';
import { withRoomFor } from './script.ts';
import type { Track } from './track.ts';
import { TrackWriter } from './track.ts';
import type { View } from './view.ts';

/** Moments of a track, about; and worlds that are saved: fewer of large ones, which take longer. */
const MOMENTS = 1000;
const SAVED_BYTES = 256 * 1024 * 1024;
const [LEAST_SAVED, MOST_SAVED] = [12, 64];

/** Steps of the simulated time that tracks may have, µs: multiples of these look natural on an axis. */
const STEPS_US = [1, 2, 5]
  .flatMap((n) => [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9].map((unit) => n * unit))
  .sort((a, b) => a - b);

export class Player {
  readonly script: Script;
  readonly track: Track;
  /** Hash of the world at the end of the run. */
  readonly hash: string;
  readonly #course: Course;
  readonly #saved: readonly Saved[];

  private constructor(script: Script, course: Course, track: Track, saved: readonly Saved[]) {
    this.script = script;
    this.track = track;
    this.hash = course.simulation.hash();
    this.#course = course;
    this.#saved = saved;
  }

  /** The rehearsal: yields the share of it that is done, and returns the player, which stands at the end of the run. */
  static *rehearse(written: Script): Generator<number, Player> {
    let script = written;
    for (;;) {
      try {
        const course = new Course(script);
        const { track, saved } = yield* rehearsal(course);
        return new Player(script, course, track, saved);
      } catch (error) {
        script = withRoomFor(script, error);
      }
    }
  }

  /** What is looked at. */
  get view(): View {
    return this.#course.view;
  }

  get simulation(): Simulation {
    return this.#course.simulation;
  }

  /** Events so far. */
  get events(): number {
    return this.simulation.events;
  }

  /** Simulated time, µs. */
  get now_us(): number {
    return this.simulation.queue.now;
  }

  get until_us(): number {
    return this.#course.until_us;
  }

  /** Time of the shock, µs; that of the end without one. */
  get shock_us(): number {
    return this.#course.shock_us;
  }

  /** Goes to a time (µs): all events up to it have happened. */
  seek(time_us: number): void {
    const now = this.now_us;
    const until = Math.min(Math.max(0, time_us), this.until_us);
    if (now > until) this.#load((saved) => saved.time_us <= until);
    else this.#load((saved) => saved.time_us <= until && saved.time_us > now);
    this.#course.run(until);
  }

  /** Goes to where so many events have happened, or to the end. */
  seekEvent(events: number): void {
    const here = this.events;
    this.#load((saved) => saved.events <= events && (here > events || saved.events > here));
    while (this.events < events && this.step());
  }

  /** The next event; false: the run is over. */
  step(): boolean {
    return this.#course.step(this.until_us);
  }

  /** Loads the latest saved world for which this holds; none: stays. */
  #load(isFit: (saved: Saved) => boolean): void {
    const found = this.#saved.findLast(isFit);
    if (found !== undefined) this.#course.load(found);
  }
}

function* rehearsal(
  course: Course,
): Generator<number, { readonly track: Track; readonly saved: readonly Saved[] }> {
  const { until_us } = course;
  const step_us = STEPS_US.find((step) => until_us / step <= MOMENTS) ?? until_us;
  const writer = new TrackWriter(course.view, until_us, step_us);
  const moments = Math.ceil(until_us / step_us);
  const room = Math.floor(SAVED_BYTES / course.simulation.bytes);
  const worlds = Math.min(MOST_SAVED, Math.max(LEAST_SAVED, room));
  const every = Math.ceil(moments / worlds);
  const saved: Saved[] = [];
  for (let moment = 0; moment <= moments; moment++) {
    const time_us = Math.min(moment * step_us, until_us);
    while (course.step(time_us)) writer.readTrades(course.view);
    writer.write(course.view);
    if (moment % every === 0) saved.push(course.save());
    yield moment / moments;
  }
  return { track: writer.track, saved };
}
