/**
 * The margin's clock: when the rule looks at the marks, when what it computed is announced, and when that takes effect, all
 * by events of the queue. A changed requirement in force means that every watched account is looked at again.
 */
import type { Changes } from '../../clearing/risk/requirement.ts';
import type { Schedule } from '../../clearing/margin/schedule.ts';
import { gapOf } from '../../clearing/margin/schedule.ts';
import { InvariantError } from '../../core/errors.ts';
import type { Agenda } from '../terms/agenda.ts';
import { MARGIN_UPDATE } from '../terms/events.ts';

/** What an event MARGIN_UPDATE does (its column a): the rule looks, requirements are set anew, an announcement (b: row) is due. */
const LOOK = 0;
const SET = 1;
const EFFECT = 2;

export class MarginClock {
  private readonly margin: Changes;
  private readonly plan: Schedule | undefined;
  private readonly queue: Agenda;
  private readonly marks: Int32Array;
  private readonly review: (instrument: number) => void;
  /** Requirements are set anew at each event that moves a mark. */
  readonly everyEvent: boolean;

  /** `review`: told the instrument whose requirements in force have changed. */
  constructor(margin: Changes, queue: Agenda, marks: Int32Array, review: (instrument: number) => void) {
    this.margin = margin;
    this.plan = margin.schedule;
    this.queue = queue;
    this.marks = marks;
    this.review = review;
    this.everyEvent = margin.update !== undefined && this.plan?.recompute === 'each event';
  }

  /** Schedules an instrument's first events. Rules that never change have none. */
  prepare(instrument: number): void {
    if (this.margin.update === undefined) return;
    this.schedule(this.interval, instrument, LOOK, 0);
    const { recompute } = this.planned;
    if (typeof recompute !== 'object') return;
    if ('at' in recompute) {
      const { now } = this.queue; // past 0 in a fork
      for (const time of recompute.at) if (time >= now) this.schedule(time - now, instrument, SET, 0);
    } else this.schedule(gapOf(recompute), instrument, SET, 0);
  }

  /** Handles an event MARGIN_UPDATE: its columns a and b. */
  handle(instrument: number, what: number, row: number): void {
    switch (what) {
      case LOOK:
        this.schedule(this.interval, instrument, LOOK, 0);
        this.look(instrument);
        return;
      case SET:
        this.set(instrument);
        return;
      case EFFECT:
        if (this.planned.takeEffect(instrument, row)) this.review(instrument);
        return;
      default:
        throw new InvariantError(`the margin's clock knows no event ${what}`);
    }
  }

  /** After an event, with `everyEvent`: sets requirements anew where the mark has moved. */
  afterEvent(): void {
    const { marks } = this;
    for (let i = 0; i < marks.length; i++) {
      if (this.planned.hasMoved(i, marks[i]!) && this.update(i)) this.announce(i);
    }
  }

  private get planned(): Schedule {
    if (this.plan === undefined) throw new InvariantError('a margin rule that changes needs a schedule');
    return this.plan;
  }

  private get interval(): number {
    return this.margin.interval_us!;
  }

  private look(instrument: number): void {
    if (!this.update(instrument)) return;
    const { recompute } = this.planned;
    if (recompute === undefined || recompute === 'each event') this.announce(instrument);
  }

  private set(instrument: number): void {
    const { recompute } = this.planned;
    if (typeof recompute !== 'object') return;
    if (!('at' in recompute)) {
      const gap = gapOf(recompute);
      this.schedule(gap, instrument, SET, 0);
      const mark = this.marks[instrument]!;
      if ('over' in recompute && !this.planned.isVolatile(instrument, mark, gap)) return;
    }
    this.update(instrument);
    this.announce(instrument);
  }

  /** Shows the rule the mark, once at any time; true if what it computes has changed. */
  private update(instrument: number): boolean {
    const mark = this.marks[instrument]!;
    const elapsed = this.planned.elapsed(instrument, this.queue.now, mark);
    return elapsed > 0 && this.margin.update!(instrument, mark, elapsed);
  }

  /** What was computed takes effect after the notice, or at once. */
  private announce(instrument: number): void {
    const plan = this.planned;
    if (plan.notice_us > 0) {
      this.schedule(plan.notice_us, instrument, EFFECT, plan.announce(instrument));
    } else if (plan.isDirect || plan.takeComputed(instrument)) {
      this.review(instrument);
    }
  }

  private schedule(delay: number, instrument: number, what: number, row: number): void {
    const { columns } = this.queue;
    const event = this.queue.schedule(this.queue.now + delay, MARGIN_UPDATE, 0, instrument);
    columns.a[event] = what;
    columns.b[event] = row;
  }
}
