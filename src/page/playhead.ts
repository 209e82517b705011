/** The moment that is shown, and its going on while the run is played. */
export interface Moves {
  /** It has moved: `isAtRest` where it does not go on by itself. */
  readonly moved: (isAtRest: boolean) => void;
  /** Simulated seconds a second. */
  readonly speed: () => number;
}

export class Playhead {
  until_us = 0;
  #time_us: number;
  #isPlaying = false;
  #last = 0;
  readonly #moves: Moves;

  constructor(time_us: number, moves: Moves) {
    this.#time_us = time_us;
    this.#moves = moves;
  }

  /** Begins to look at the screen's clock. */
  begin(): void {
    requestAnimationFrame((now) => {
      this.#frame(now);
    });
  }

  get time_us(): number {
    return this.#time_us;
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  go(time_us: number): void {
    this.#time_us = Math.max(0, Math.min(time_us, this.until_us));
    this.#moves.moved(!this.#isPlaying);
  }

  /** Stands where it is; `time_us`: there. */
  stop(time_us = this.#time_us): void {
    this.#isPlaying = false;
    this.#time_us = time_us;
  }

  /** Plays, from the beginning where it was at the end; or stops. */
  toggle(): void {
    if (!this.#isPlaying && this.#time_us >= this.until_us) this.#time_us = 0;
    this.#isPlaying = !this.#isPlaying;
    this.#moves.moved(!this.#isPlaying);
  }

  #frame(now: number): void {
    if (this.#isPlaying) {
      const on_us = (now - this.#last) * 1000 * this.#moves.speed();
      if (this.#time_us + on_us >= this.until_us) this.#isPlaying = false;
      this.go(this.#time_us + on_us);
    }
    this.#last = now;
    requestAnimationFrame((next) => {
      this.#frame(next);
    });
  }
}
