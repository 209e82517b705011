/** Asks the engine how the worlds stand at the moment that is shown; one question at a time, the last one in the end. */
import type { Moment } from '../replay/moment.ts';
import type { Engine } from './engine.ts';
import type { Playhead } from './playhead.ts';
import type { Which } from './protocol.ts';
import type { StageView } from './stage-view.ts';

export interface Sights {
  readonly show: (which: Which, moment: Moment, axis: StageView['axis']) => void;
  /** It has been looked at all that there was to look at. */
  readonly rested: () => void;
  readonly fail: (error: unknown) => void;
}

export class Lookout {
  readonly #engine: Engine;
  readonly #head: Playhead;
  readonly #stages: readonly (readonly [Which, StageView])[];
  readonly #sights: Sights;
  #asking = false;

  constructor(
    engine: Engine,
    head: Playhead,
    stages: readonly (readonly [Which, StageView])[],
    sights: Sights,
  ) {
    this.#engine = engine;
    this.#head = head;
    this.#stages = stages;
    this.#sights = sights;
  }

  async look(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      let asked: number;
      do {
        asked = this.#head.time_us;
        for (const [which, stage] of this.#stages) await this.#lookAt(which, stage, asked);
      } while (!this.#head.isPlaying && asked !== this.#head.time_us);
    } catch (error) {
      this.#sights.fail(error);
    } finally {
      this.#asking = false;
    }
    if (!this.#head.isPlaying) this.#sights.rested();
  }

  /** So many events further in the first world; where that is, is where the playhead stands then. */
  async step(events: number): Promise<void> {
    this.#head.stop();
    const [which, stage] = this.#stages[0]!;
    const { axis } = stage;
    const answer = await this.#engine.ask({ ask: 'step', which, events, axis });
    if (!('moment' in answer)) return;
    this.#head.stop(answer.moment.time_us);
    this.#sights.show(which, answer.moment, axis);
    this.#sights.rested();
  }

  /** What is hidden, or not there yet, is not asked for. */
  async #lookAt(which: Which, stage: StageView, time_us: number): Promise<void> {
    if (stage.element.hidden || stage.played === undefined) return;
    const { axis } = stage;
    const answer = await this.#engine.ask({ ask: 'moment', which, time_us, axis });
    if ('moment' in answer) this.#sights.show(which, answer.moment, axis);
  }
}
