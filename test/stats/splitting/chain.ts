// A small process for tests of splitting, whose probabilities follow from a recursion: a hidden state that is drawn at the
// start decides how likely steps are, and steps jump over levels. It refuses slots beyond those that it was told of.
import { Rng } from '../../../src/core/rng.ts';
import type { RunKey } from '../../../src/core/seed.ts';
import { deriveStream } from '../../../src/core/seed.ts';
import type { ForkableProcess } from '../../../src/stats/splitting/process.ts';

/** What a step does: so much is added to the score, with this probability; with the rest the trajectory ends. */
export type Steps = readonly (readonly [probability: number, rise: number])[];

interface State {
  readonly kind: number;
  readonly score: number;
  readonly ended: boolean;
  readonly stream: readonly number[];
}

const column = () => new Int32Array(1);

export class Chain implements ForkableProcess {
  events = 0;
  score = 0;
  private kind = 0;
  private ended = false;
  private readonly kinds: readonly Steps[];
  private readonly slots: number;
  private readonly saved: State[] = [];
  private readonly rng = new Rng(column(), column(), column(), column());

  /** Each of `kinds` is equally likely. */
  constructor(kinds: readonly Steps[], slots: number) {
    this.kinds = kinds;
    this.slots = slots;
  }

  start(key: RunKey): void {
    this.branch(key);
    this.kind = this.rng.below(this.kinds.length);
    this.score = 0;
    this.ended = false;
  }

  branch(key: RunKey): void {
    deriveStream(key, 0, 0, 0, this.rng, 0);
  }

  save(slot: number): void {
    if (slot < 0 || slot >= this.slots) throw new Error(`slot ${slot} of ${this.slots}`);
    const { a, b, c, d } = this.rng;
    const { kind, score, ended } = this;
    this.saved[slot] = { kind, score, ended, stream: [a[0]!, b[0]!, c[0]!, d[0]!] };
  }

  load(slot: number): void {
    const { kind, score, ended, stream } = this.saved[slot]!;
    Object.assign(this, { kind, score, ended });
    [this.rng.a, this.rng.b, this.rng.c, this.rng.d].forEach((word, i) => {
      word[0] = stream[i]!;
    });
  }

  advance(level: number): void {
    while (this.score < level && !this.ended) {
      this.events++;
      let left = this.rng.uniform53();
      this.ended = true;
      for (const [probability, rise] of this.kinds[this.kind]!) {
        if (left < probability) {
          this.score += rise;
          this.ended = false;
          break;
        }
        left -= probability;
      }
    }
  }
}

/** P(the score comes to `level`). */
export function exactChain(kinds: readonly Steps[], level: number): number {
  const from = (steps: Steps, score: number): number => {
    if (score >= level) return 1;
    const stay = steps.find(([, rise]) => rise === 0)?.[0] ?? 0;
    let sum = 0;
    for (const [probability, rise] of steps) if (rise > 0) sum += probability * from(steps, score + rise);
    return sum / (1 - stay);
  };
  return kinds.reduce((sum, steps) => sum + from(steps, 0), 0) / kinds.length;
}
