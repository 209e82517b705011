/** The luck of one estimate: a key for each branch, and the draws of the method itself, all from one key. */
import { Rng } from '../../core/rng.ts';
import type { RunKey } from '../../core/seed.ts';
import { branchKey, deriveStream, hashName } from '../../core/seed.ts';

export class Branches {
  private readonly key: RunKey;
  private readonly branch: RunKey = new Int32Array(4);
  private readonly rng = new Rng(new Int32Array(1), new Int32Array(1), new Int32Array(1), new Int32Array(1));
  private count = 0;

  constructor(key: RunKey) {
    this.key = key;
    deriveStream(key, hashName('splitting'), 0, 0, this.rng, 0);
  }

  /** Key of the next branch; valid until the one after is asked for. */
  next(): RunKey {
    branchKey(this.key, this.count++, this.branch);
    return this.branch;
  }

  /** One of 0 … n − 1, each equally likely. */
  below(n: number): number {
    return this.rng.below(n);
  }
}
