/**
 * When a requirement that was computed is announced, and when what was announced takes effect. Changing requirements is
 * itself a source of calls, so venues do it at known times and give notice.
 *
 * Three sets of the numbers that requirements follow from: computed (by the rule's updates), announced (a ring of those
 * whose notice is running), in force. Without notice an announcement takes effect at once.
 */
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { duration, multiple } from '../../core/settings.ts';
import { EWMA_SLOTS, EwmaVariance } from './ewma-variance.ts';

/**
 * Weight of a squared move that is one horizon old, e⁻¹: the memory of the volatility (the mean age of what it averages)
 * is then the horizon itself, so that one setting says both. The double nearest to it.
 */
const WEIGHT_AFTER_HORIZON = 0.36787944117144233;

export const scheduleSettings = {
  recompute: z
    .union([
      z.literal('each event'),
      z.strictObject({ every: duration({ positive: true }) }),
      z.strictObject({ at: z.array(duration()).min(1).max(10_000) }),
      z.strictObject({
        when_volatility_above: multiple({ most: 10 }),
        over: duration({ positive: true }),
        check: duration({ positive: true }),
      }),
    ])
    .optional()
    .describe(
      'When requirements are set anew: at each update of the rule if left out; each event that moves the mark; ' +
        '{ every: 5 min }; { at: [1 min, 10 min] } of simulated time; or at each check that finds the volatility of the ' +
        'mark above a share: { when_volatility_above: 1 %, over: 10 min, check: 10 s }, over being its horizon and memory.',
    ),
  notice: duration()
    .prefault('0 s')
    .describe('Time from the announcement of a requirement to its taking effect.'),
} as const;

export type Recompute = z.output<(typeof scheduleSettings)['recompute']>;

export interface ScheduleSettings {
  readonly recompute?: Recompute;
  readonly notice: number;
}

/** A piece of the world's column: `width` numbers per instrument from `start` on. */
export interface Piece {
  readonly start: number;
  readonly width: number;
}

/** A schedule's own memory: time of the last update, mark then; the volatility that triggers. */
const OWN_SLOTS = 2 + EWMA_SLOTS;
/** In the ring: its next row, then the rows. */
const RING_HEAD = 1;

/** Whether the numbers in force differ from those computed: not where each update takes effect at once. */
export function isDelayed({ recompute, notice }: ScheduleSettings): boolean {
  return recompute !== undefined || notice > 0;
}

/** Time between the moments at which requirements are set anew, or looked at for it. */
export function gapOf(recompute: { readonly every: number } | { readonly check: number }): number {
  return 'every' in recompute ? recompute.every : recompute.check;
}

/** Announcements whose notice can run at once. Throws ConfigError where there is no bound. */
function announcementsAtOnce(
  { recompute, notice }: ScheduleSettings,
  interval_us: number | undefined,
): number {
  if (notice === 0 || interval_us === undefined) return 0;
  if (recompute === 'each event') {
    throw new ConfigError(
      ['notice'],
      'needs times that lie apart: recompute: { every: … } instead of each event',
    );
  }
  const most =
    recompute !== undefined && 'at' in recompute
      ? recompute.at.length
      : Math.floor(notice / gapOf(recompute ?? { every: interval_us })) + 1;
  if (most <= 100_000) return most;
  throw new ConfigError(['notice'], `${most} announcements would be under way at once; recompute less often`);
}

/**
 * Numbers per instrument that the schedule of a margin with so many terms needs, beside the terms in force; none where the
 * margin never changes. `interval_us`: least time between its updates.
 */
export function scheduleSlots(
  settings: ScheduleSettings,
  terms: number,
  interval_us: number | undefined,
): number {
  if (interval_us === undefined) return 0;
  const ring = announcementsAtOnce(settings, interval_us);
  return OWN_SLOTS + (ring === 0 ? 0 : RING_HEAD + ring * terms);
}

export class Schedule {
  readonly recompute: Recompute;
  readonly notice_us: number;
  private readonly state: Float64Array;
  private readonly own: Float64Array;
  private readonly ring: number;
  private readonly terms: number;
  private readonly computed: readonly Piece[];
  private readonly inForce: readonly Piece[];
  private readonly stride: number;
  private readonly volatility: EwmaVariance | undefined;
  /** What was computed is in force at once, as it is the same array. */
  readonly isDirect: boolean;

  /**
   * `state`: the margin's whole column, in which the pieces of both sets lie, one of each a rule or wrapper; `own`: the
   * schedule's part of it.
   */
  constructor(
    settings: ScheduleSettings,
    interval_us: number | undefined,
    state: Float64Array,
    own: Float64Array,
    computed: readonly Piece[],
    inForce: readonly Piece[],
  ) {
    const { recompute } = settings;
    this.recompute = recompute;
    this.notice_us = settings.notice;
    this.state = state;
    this.own = own;
    this.computed = computed;
    this.inForce = inForce;
    this.terms = computed.reduce((sum, piece) => sum + piece.width, 0);
    this.ring = announcementsAtOnce(settings, interval_us);
    this.stride = scheduleSlots(settings, this.terms, interval_us);
    this.isDirect = !isDelayed(settings);
    if (typeof recompute === 'object' && 'over' in recompute && interval_us !== undefined) {
      const { over, check } = recompute;
      this.volatility = new EwmaVariance(own.subarray(2), this.stride, WEIGHT_AFTER_HORIZON, over, check);
    }
  }

  reset(instrument: number, mark: number): void {
    if (this.stride > 0) {
      const at = instrument * this.stride;
      this.own.fill(0, at, at + this.stride);
      this.own[at + 1] = mark;
    }
    this.volatility?.reset(instrument, mark, 0);
    this.takeComputed(instrument);
  }

  /** Time since the last update, µs, now that one begins; 0: there has been one at this time. */
  elapsed(instrument: number, now_us: number, mark: number): number {
    const at = instrument * this.stride;
    const elapsed = now_us - this.own[at]!;
    if (elapsed === 0) return 0;
    this.own[at] = now_us;
    this.own[at + 1] = mark;
    return elapsed;
  }

  /** Whether the mark has moved since the last update. */
  hasMoved(instrument: number, mark: number): boolean {
    return this.own[instrument * this.stride + 1] !== mark;
  }

  /** Takes in a mark at a check; true if volatility is above the trigger. */
  isVolatile(instrument: number, mark: number, elapsed_us: number): boolean {
    const { recompute, volatility } = this;
    if (volatility === undefined || typeof recompute !== 'object' || !('over' in recompute)) return false;
    volatility.update(instrument, mark, elapsed_us);
    return Math.sqrt(volatility.variance(instrument)) > recompute.when_volatility_above;
  }

  /** Where there is no notice: the numbers computed are in force from now on; true if they differ from those before. */
  takeComputed(instrument: number): boolean {
    if (this.isDirect) return false;
    const { state, computed, inForce } = this;
    let changed = false;
    for (let p = 0; p < computed.length; p++) {
      const { start, width } = computed[p]!;
      const from = start + instrument * width;
      const to = inForce[p]!.start + instrument * width;
      for (let k = 0; k < width; k++) {
        if (state[to + k] === state[from + k]) continue;
        state[to + k] = state[from + k]!;
        changed = true;
      }
    }
    return changed;
  }

  /** The numbers in force of an instrument: those of the rule, then of each wrapper. For records, outside the loop. */
  termsInForce(instrument: number): number[] {
    return this.inForce.flatMap(({ start, width }) =>
      Array.from({ length: width }, (_, k) => this.state[start + instrument * width + k]!),
    );
  }

  /** Announces the numbers computed: the row of the ring that holds them until they take effect. */
  announce(instrument: number): number {
    const { state, own, ring, terms } = this;
    const head = instrument * this.stride + OWN_SLOTS;
    const row = own[head]!;
    own[head] = row + 1 === ring ? 0 : row + 1;
    let at = head + RING_HEAD + row * terms;
    for (let p = 0; p < this.computed.length; p++) {
      const { start, width } = this.computed[p]!;
      for (let k = 0; k < width; k++) own[at++] = state[start + instrument * width + k]!;
    }
    return row;
  }

  /** What was announced in that row is in force from now on; true if it differs from what was. */
  takeEffect(instrument: number, row: number): boolean {
    const { state, own, terms } = this;
    let at = instrument * this.stride + OWN_SLOTS + RING_HEAD + row * terms;
    let changed = false;
    for (let p = 0; p < this.inForce.length; p++) {
      const { start, width } = this.inForce[p]!;
      for (let k = 0; k < width; k++) {
        const value = own[at++]!;
        const to = start + instrument * width + k;
        if (state[to] === value) continue;
        state[to] = value;
        changed = true;
      }
    }
    return changed;
  }
}
