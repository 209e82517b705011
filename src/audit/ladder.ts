/**
 * Calls as the auditor keeps them: where each account stands on the ladder, what it was asked for, and when. Follows from the
 * policy's rungs and from health; nothing of it is read from the rows but what caused a call.
 */
import { ppmNear, share } from './arithmetic.ts';
import type { Books } from './books.ts';
import type { Decision } from './decide.ts';
import type { Policy } from './terms.ts';

/** An account whose present rung waits for a lower level is looked at again after this time. */
export const LOOK_AGAIN_US = 10_000_000;

export interface Call {
  readonly row: number;
  readonly account: number;
  readonly instrument: number;
  readonly mark: bigint;
  readonly breach_us: number;
  generation: number;
  parent: number;
  fill: number;
  /** 0 open, 1 met, 2 liquidated, 3 taken over. */
  outcome: number;
  level_ppm: bigint;
  restricted: number;
  notices: number;
  unmet: number;
  topped_up: bigint;
  detected_us: number;
  sent_us: number;
  answered_us: number;
  failed_us: number;
  liquidated_us: number;
  ended_us: number;
  /** Looks at the time of the latest one. */
  looks: number;
  looked_us: number;
  /** Visits in a row, the latest, whose orders found an empty book. */
  alone: number;
  /** Rung that acts next, and times that it has acted. */
  stage: number;
  visits: number;
  /** A demand is out, and its time runs. */
  asked: boolean;
  /** When the next look is due; -1: none. */
  due_us: number;
  /** It was opened, or fell deeper, and its next look is still to be announced. */
  hasFallen: boolean;
  /** Volume of each instrument after its last forced orders. */
  volume: readonly bigint[];
}

export class Ladder {
  /** All calls, by row. */
  readonly calls: Call[] = [];
  private readonly books: Books;
  private readonly levels: readonly bigint[];
  private readonly top: bigint;
  /** The open call of an account. */
  private readonly open = new Map<number, Call>();

  constructor(books: Books, policy: Policy) {
    this.books = books;
    this.levels = policy.ladder.map(({ at }) => ppmNear(at));
    this.top = this.levels.reduce((top, level) => (level > top ? level : top));
  }

  callOf(account: number): Call | undefined {
    return this.open.get(account);
  }

  get openCalls(): Iterable<Call> {
    return this.open.values();
  }

  /** True if an account without a call must get one. */
  isInBreach(account: number): boolean {
    const { books } = this;
    const equity = books.equity(account);
    if (books.isFlat(account)) return equity < 0n;
    return equity <= share(books.maintenance(account), this.top);
  }

  /** True if an account with a call has come to a level that it has not been at, below its present rung's. */
  hasDeepened(call: Call): boolean {
    const { books } = this;
    const level = this.levelBelow(call);
    if (level === 0n || books.isFlat(call.account)) return false;
    return books.equity(call.account) <= share(books.maintenance(call.account), level);
  }

  /** The first rung of the deepest level that health has come to; -1: it is above all. */
  rungFor(account: number): number {
    const { books, levels } = this;
    const equity = books.equity(account);
    if (books.isFlat(account)) return equity >= 0n ? -1 : levels.length - 1;
    const maintenance = books.maintenance(account);
    let found = -1;
    levels.forEach((level, i) => {
      if (equity <= share(maintenance, level) && (found < 0 || level < levels[found]!)) found = i;
    });
    return found;
  }

  begin(
    call: Pick<Call, 'account' | 'instrument' | 'mark' | 'breach_us' | 'generation' | 'parent' | 'fill'>,
  ): Call {
    const stage = Math.max(0, this.rungFor(call.account));
    const none = {
      detected_us: -1,
      sent_us: -1,
      answered_us: -1,
      failed_us: -1,
      liquidated_us: -1,
      ended_us: -1,
    };
    const opened: Call = {
      ...call,
      ...none,
      row: this.calls.length,
      outcome: 0,
      level_ppm: this.levels[stage]!,
      restricted: 0,
      notices: 0,
      unmet: 0,
      topped_up: 0n,
      stage,
      visits: 0,
      looks: 0,
      alone: 0,
      looked_us: 0,
      asked: false,
      due_us: -1,
      hasFallen: true,
      volume: this.books.volume.map(() => 0n),
    };
    this.calls.push(opened);
    this.open.set(call.account, opened);
    return opened;
  }

  deepen(call: Call): void {
    this.reach(call, this.levels[this.rungFor(call.account)]!);
    call.hasFallen = true;
  }

  end(call: Call, outcome: number, time: number): void {
    call.outcome = outcome;
    call.ended_us = time;
    call.due_us = -1;
    this.open.delete(call.account);
  }

  /** A look at an account whose health has come to `rung`: moves the call on. Returns the rung that acts, -1 for none. */
  look(call: Call, rung: number, time: number): number {
    const level = this.levels[rung]!;
    const isDeeper = level < this.levels[call.stage]!;
    const hasRecovered = call.visits > 0 && this.isAbove(call);
    this.reach(call, level);
    if (isDeeper || hasRecovered) {
      call.stage = rung;
      call.visits = 0;
      call.level_ppm = level;
    }
    if (call.asked) {
      call.asked = false;
      call.unmet++;
      if (call.failed_us === -1) call.failed_us = time;
    }
    return this.isAbove(call) ? -1 : call.stage;
  }

  /** Least time until the next look, if so many have been taken at this one that nothing comes of more; else 0. */
  pause(call: Call, time: number): number {
    call.looks = call.looked_us === time ? call.looks + 1 : 1;
    call.looked_us = time;
    return call.looks > 2 * this.levels.length + 2 ? LOOK_AGAIN_US : 0;
  }

  /** What a decision leaves in the call. */
  carryOut(call: Call, decision: Decision, time: number): void {
    if (decision.restricted === 1) call.restricted = 1;
    call.topped_up += decision.pull;
    if (decision.demand > 0n) {
      call.asked = true;
      call.notices++;
      if (call.sent_us === -1) call.sent_us = time;
    }
    if (decision.goes_on === 1 && call.stage + 1 < this.levels.length) {
      call.stage++;
      call.visits = 0;
    } else {
      call.visits++;
    }
  }

  /** Health is above the level of the call's present rung. */
  private isAbove({ account, stage }: Call): boolean {
    const { books } = this;
    if (books.isFlat(account)) return false;
    return books.equity(account) > share(books.maintenance(account), this.levels[stage]!);
  }

  /** A deeper level than before overtakes a demand that is out. */
  private reach(call: Call, level: bigint): void {
    if (level >= call.level_ppm) return;
    call.level_ppm = level;
    call.asked = false;
  }

  /** The next level, from the present rung on, below the deepest one reached; 0: none. */
  private levelBelow({ stage, level_ppm }: Call): bigint {
    return this.levels
      .slice(stage)
      .reduce((next, level) => (level > next && level < level_ppm ? level : next), 0n);
  }
}
