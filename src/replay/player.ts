/**
 * Plays one run: makes it once from its seed to its end (the rehearsal), noting what a picture of the whole needs and saving
 * the world now and then; from then on it goes to any moment at once, by the nearest saved world before it.
 */
import type { Simulation } from '../sim/simulation.ts';
import type { Script, Stage } from './script.ts';
import { begin, stageOf, viewOf, withRoomFor } from './script.ts';
import type { Track } from './track.ts';
import { TrackWriter } from './track.ts';
import type { View } from './view.ts';

/** Moments of a track, about; and memory that saved worlds may take, bytes. */
const MOMENTS = 1000;
const MOST_SAVED_BYTES = 256 * 1024 * 1024;
const MOST_SAVED = 64;

/** Steps of the simulated time that tracks may have, µs: multiples of these look natural on an axis. */
const STEPS_US = [1, 2, 5]
  .flatMap((n) => [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9].map((unit) => n * unit))
  .sort((a, b) => a - b);

interface Saved {
  readonly time_us: number;
  readonly events: number;
  readonly world: Uint8Array;
}

export class Player {
  readonly stage: Stage;
  readonly script: Script;
  readonly track: Track;
  /** Hash of the world at the end of the run. */
  readonly hash: string;
  readonly #saved: readonly Saved[];

  private constructor(script: Script, stage: Stage, track: Track, saved: readonly Saved[]) {
    this.script = script;
    this.stage = stage;
    this.track = track;
    this.#saved = saved;
    this.hash = stage.simulation.hash();
  }

  /** The rehearsal: yields the share of it that is done, and returns the player, which stands at the end of the run. */
  static *rehearse(written: Script): Generator<number, Player> {
    let script = written;
    for (;;) {
      try {
        return yield* rehearsal(script);
      } catch (error) {
        script = withRoomFor(script, error);
      }
    }
  }

  static of(script: Script, stage: Stage, track: Track, saved: readonly Saved[]): Player {
    return new Player(script, stage, track, saved);
  }

  /** What is looked at. */
  get view(): View {
    return viewOf(this.stage, this.script);
  }

  get simulation(): Simulation {
    return this.stage.simulation;
  }

  /** Events so far. */
  get events(): number {
    return this.simulation.events;
  }

  /** Simulated time, µs. */
  get now_us(): number {
    return this.simulation.queue.now;
  }

  /** Goes to a time (µs): all events up to it have happened. */
  seek(time_us: number): void {
    const { simulation, stage } = this;
    const until = Math.min(Math.max(0, time_us), stage.until_us);
    if (simulation.queue.now > until) this.#load((saved) => saved.time_us <= until);
    else this.#load((saved) => saved.time_us <= until && saved.time_us > simulation.queue.now);
    this.#run(until);
  }

  /** Goes to where so many events have happened, or to the end. */
  seekEvent(events: number): void {
    const { simulation } = this;
    const here = simulation.events;
    this.#load((saved) => saved.events <= events && (here > events || saved.events > here));
    while (simulation.events < events && this.step());
  }

  /** The next event; false: the run is over. */
  step(): boolean {
    return stepTo(this.stage, this.script, this.stage.until_us);
  }

  /** Loads the latest saved world for which this holds; none: stays. */
  #load(isFit: (saved: Saved) => boolean): void {
    const found = this.#saved.findLast(isFit);
    if (found !== undefined) this.simulation.load(found.world);
  }

  #run(until_us: number): void {
    runTo(this.stage, this.script, until_us, () => undefined);
  }
}

function* rehearsal(script: Script): Generator<number, Player> {
  const stage = stageOf(script);
  const { simulation, until_us } = stage;
  begin(stage, script);
  const step_us = STEPS_US.find((step) => until_us / step <= MOMENTS) ?? until_us;
  const writer = new TrackWriter(viewOf(stage, script), until_us, step_us);
  const moments = Math.ceil(until_us / step_us);
  const worlds = Math.min(MOST_SAVED, Math.max(2, Math.floor(MOST_SAVED_BYTES / simulation.bytes)));
  const every = Math.ceil(moments / worlds);
  const saved: Saved[] = [];
  for (let moment = 0; moment <= moments; moment++) {
    runTo(stage, script, Math.min(moment * step_us, until_us), () => {
      writer.readTrades();
    });
    writer.write();
    if (moment % every === 0) {
      saved.push({ time_us: simulation.queue.now, events: simulation.events, world: simulation.save() });
    }
    yield moment / moments;
  }
  return Player.of(script, stage, writer.track, saved);
}

function runTo(stage: Stage, script: Script, until_us: number, afterEvent: () => void): void {
  while (stepTo(stage, script, until_us)) afterEvent();
}

/** The next event up to a time; false: there is none. In a twin, nobody is called from just before the shock on. */
function stepTo({ simulation, shock_us }: Stage, { engineOff }: Script, until_us: number): boolean {
  if (engineOff !== true || simulation.venues[0]!.house.engineOff) return simulation.step(until_us);
  const before = shock_us - 1;
  if (simulation.step(Math.min(before, until_us))) return true;
  if (until_us < before) return false;
  for (const { house } of simulation.venues) house.switchEngineOff();
  return simulation.step(until_us);
}
