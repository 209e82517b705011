/**
 * A margin's requirement along a given path of prices, without a market: the compiled rule with its wrappers and its
 * schedule, by the same clock and events as in a simulation. There is no book and there are no positions: rules that look at
 * them find none.
 */
import { linear } from '../../contracts/linear.ts';
import { EventQueue, queueSchema } from '../../core/queue.ts';
import { exp } from '../../core/maths.ts';
import { World } from '../../core/world.ts';
import type { MarginContext, MarginRule } from '../../clearing/margin/rule.ts';
import type { MarginSettings } from '../../clearing/policy/margin.ts';
import { compileMargin, marginSchema, marginSlots } from '../../clearing/policy/margin.ts';
import { Agenda } from '../../sim/terms/agenda.ts';
import { MarginClock } from '../../sim/venue/margin-clock.ts';

/** Lots of the position whose requirement is measured: rounding up to a quantum is nothing to it, and stays exact. */
const LOTS = 1_000_000;
/** Events that can wait beside announcements under way: the looks, and the times of a schedule. */
const EVENTS = 10_240;

export class MarginPath {
  private readonly margin: MarginRule;
  private readonly clock: MarginClock;
  private readonly queue: EventQueue;
  private readonly marks: Int32Array;
  private readonly world: { clear(): void };
  private readonly step_us: number;

  /** `step_us`: time between prices. Throws ConfigError with the path inside the margin's block. */
  constructor(settings: MarginSettings, data: MarginContext['data'], step_us: number) {
    const slots = marginSlots(settings);
    const world = new World({
      ...queueSchema(EVENTS + slots),
      marks: { rows: 1, columns: { price: 'i32' } },
      margin: { rows: Math.max(1, slots), columns: { value: 'f64' } },
    });
    const { tables } = world;
    this.world = world;
    this.step_us = step_us;
    this.queue = new EventQueue(tables);
    this.marks = tables.marks.price;
    this.margin = compileMargin(settings, {
      instruments: [{ name: 'path', contract: linear(1) }],
      quantaPerUnit: 1,
      state: tables.margin.value,
      data,
    });
    this.clock = new MarginClock(this.margin, new Agenda(this.queue, 0), this.marks, () => undefined);
  }

  /** Time between updates, µs; undefined for a rule that never changes. */
  get interval_us(): number | undefined {
    return this.margin.interval_us;
  }

  /** Maintenance margin in force after each price (ticks), as a share of notional, into `rates`. */
  run(prices: Int32Array, rates: Float64Array): void {
    const { queue, clock, margin, marks } = this;
    const { a, b } = queue.columns;
    this.world.clear();
    queue.reset();
    marks[0] = prices[0]!;
    margin.reset?.(0, prices[0]!);
    clock.prepare(0);
    for (let t = 0; t < prices.length; t++) {
      const price = prices[t]!;
      marks[0] = price;
      for (let row = queue.next(t * this.step_us); row >= 0; row = queue.next(t * this.step_us)) {
        clock.handle(0, a[row]!, b[row]!);
      }
      if (clock.everyEvent) clock.afterEvent();
      rates[t] = margin.maintenance(0, LOTS, price) / (LOTS * price);
    }
  }
}

/**
 * How many times an EWMA margin is what it was, after a return of `sigmas` standard deviations over one horizon: from the
 * rule's own variance before and after, as rates are rounded to ppm.
 */
export function ewmaJump(decay: number, sigmas: number): number {
  const volatility = 0.01;
  const settings = marginSchema.parse({
    rule: 'ewma-var',
    decay,
    volatility,
    horizon: '1 d',
    interval: '1 d',
  });
  const state = new Float64Array(marginSlots(settings));
  const margin = compileMargin(settings, {
    instruments: [{ name: 'path', contract: linear(1) }],
    quantaPerUnit: 1,
    state,
    data: () => undefined,
  });
  margin.reset!(0, 1);
  const before = state[0]!;
  margin.update!(0, exp(sigmas * Math.sqrt(before)));
  return Math.sqrt(state[0]! / before);
}
