/** The loop over a world's events, in code of its own once there have been many. */
import { CapacityError } from './errors.ts';
import { ownCode } from './own-code.ts';

/** Throws: a run has made as many steps as it may. */
export function tooMuchWork(most: number): never {
  const message = `a run of more than ${most} events; raise capacity.work`;
  throw new CapacityError('events of a run', most, 'capacity.work', message);
}

export interface Steps {
  /** Does the next thing that is due until then; false if there is none. */
  step(until: number): boolean;
}

/**
 * Steps after which code of its own is worth its while: some seconds' work. It has to be compiled, by a thread that takes its
 * time from other workers, and is slower than the code that all worlds share until it has settled.
 */
const MANY = 20_000_000;

/** A loop over `steps`, which says how many there were. */
function loopOver(steps: Steps): (until: number) => number {
  return (until) => {
    let count = 0;
    while (steps.step(until)) count++;
    return count;
  };
}

export class Loop {
  private readonly steps: Steps;
  private run: (until: number) => number;
  /** Steps left until it gets code of its own. */
  private left: number;

  constructor(steps: Steps, many = MANY) {
    this.steps = steps;
    this.run = loopOver(steps);
    this.left = many;
  }

  /** Steps until there is nothing left to do until then. */
  until(time: number): void {
    const count = this.run(time);
    if (this.left <= 0) return;
    this.left -= count;
    if (this.left <= 0) this.run = ownCode(this.steps, loopOver);
  }
}
