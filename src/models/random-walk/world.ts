/**
 * A random walk that can be copied: up by one with probability `up`, else down by one, until it is at 0. Its score is
 * the height. The smallest process with an exactly known rare event, for estimators of such.
 */
import { Rng } from '../../core/rng.ts';
import type { RunKey } from '../../core/seed.ts';
import { deriveStream, hashName } from '../../core/seed.ts';

export interface WalkSettings {
  /** Probability of a step up. */
  readonly up: number;
  /** Height at the start. */
  readonly start: number;
}

const PATH = hashName('random-walk');

export class RandomWalk {
  /** Steps made, in all trajectories. */
  events = 0;
  /** Highest point of the present trajectory. */
  score = 0;
  private height = 0;
  private readonly settings: WalkSettings;
  /** Row 0: the walk's own stream. Rows above: those of saved walks. */
  private readonly rng: Rng;
  private readonly heights: Int32Array;
  private readonly scores: Int32Array;

  /** `slots`: states that can be kept. */
  constructor(settings: WalkSettings, slots: number) {
    this.settings = settings;
    const column = (): Int32Array => new Int32Array(slots + 1);
    this.rng = new Rng(column(), column(), column(), column());
    this.heights = column();
    this.scores = column();
  }

  start(key: RunKey): void {
    this.height = this.settings.start;
    this.score = this.height;
    this.branch(key);
  }

  branch(key: RunKey): void {
    deriveStream(key, PATH, 0, 0, this.rng, 0);
  }

  save(slot: number): void {
    this.heights[slot + 1] = this.height;
    this.scores[slot + 1] = this.score;
    this.copyStream(0, slot + 1);
  }

  load(slot: number): void {
    this.height = this.heights[slot + 1]!;
    this.score = this.scores[slot + 1]!;
    this.copyStream(slot + 1, 0);
  }

  advance(level: number): void {
    const { up } = this.settings;
    while (this.score < level && this.height > 0) {
      this.height += this.rng.chance(up) ? 1 : -1;
      this.events++;
      if (this.height > this.score) this.score = this.height;
    }
  }

  private copyStream(from: number, to: number): void {
    const { a, b, c, d } = this.rng;
    a[to] = a[from]!;
    b[to] = b[from]!;
    c[to] = c[from]!;
    d[to] = d[from]!;
  }
}
