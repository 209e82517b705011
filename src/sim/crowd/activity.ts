/**
 * Everybody's activity: one clock of the whole market that quickens and slows on several time scales at once.
 *
 *   A = exp(Σ (Xᵢ − Vᵢ / 2)),   Xᵢ: Ornstein–Uhlenbeck process of mean 0, relaxation time τᵢ and stationary variance vᵢ
 *   Xᵢ ← ρᵢ·Xᵢ + √(vᵢ·(1 − ρᵢ²))·Z,   ρᵢ = e^(−Δt/τᵢ),   Vᵢ: variance of Xᵢ at this time
 *
 * so that the mean of A is 1 at every time. Parts that begin anywhere start from their stationary law (V = v); slower ones
 * may begin at their mean (V = 0), which makes the first hours an ordinary day. Activity multiplies the rates at which
 * traders act, and the variance of the index; that it varies on all scales is what makes volatility cluster.
 *
 * Source: multi-scale volatility models, as in J.-P. Bouchaud, J. Bonart, J. Donier, M. Gould, Trades, Quotes and Prices
 * (2018), chapter 2.
 */
import { exp } from '../../core/maths.ts';
import type { EventQueue } from '../../core/queue.ts';
import type { Rng } from '../../core/rng.ts';
import type { RunKey } from '../../core/seed.ts';
import { deriveStream } from '../../core/seed.ts';
import { ACTIVITY_STEP } from '../terms/events.ts';
import { PURPOSE } from '../terms/purposes.ts';
import type { ActivitySpec } from '../scenario/scenario.ts';
import type { Layout } from '../scenario/layout.ts';
import type { CommonTables } from '../scenario/tables.ts';

export class Activity {
  private readonly spec: ActivitySpec | undefined;
  private readonly tables: CommonTables;
  private readonly queue: EventQueue;
  private readonly rng: Rng;
  private readonly stream: number;
  /** By part: what is left of it after a step, and the standard deviation that a step adds. */
  private readonly kept: Float64Array;
  private readonly added: Float64Array;

  constructor(
    spec: ActivitySpec | undefined,
    layout: Layout,
    tables: CommonTables,
    queue: EventQueue,
    rng: Rng,
  ) {
    this.spec = spec;
    this.tables = tables;
    this.queue = queue;
    this.rng = rng;
    this.stream = layout.streams.activity;
    const parts = spec?.parts ?? [];
    this.kept = Float64Array.from(parts, ({ time_us }) => exp(-spec!.every_us / time_us));
    this.added = Float64Array.from(parts, ({ variance }, i) => {
      const left = this.kept[i]!;
      return Math.sqrt(variance * (1 - left * left));
    });
  }

  /** Before any run: activity is 1, and its first step is scheduled. */
  prepare(): void {
    this.tables.run.activity[0] = 1;
    if (this.spec !== undefined) this.schedule(this.spec);
  }

  /** Draws where each part begins. */
  begin(key: RunKey): void {
    this.branch(key);
    const { parts } = this.spec ?? { parts: [] };
    const { level, spread } = this.tables.activity;
    const rng = this.rng.at(this.stream);
    parts.forEach(({ variance, anywhere }, i) => {
      level[i] = anywhere ? Math.sqrt(variance) * rng.normal() : 0;
      spread[i] = anywhere ? variance : 0;
    });
    this.publish();
  }

  /** From here on its luck follows from another key. */
  branch(key: RunKey): void {
    deriveStream(key, 0, 0, PURPOSE.activity, this.tables.streams, this.stream);
  }

  step(): void {
    const { level, spread } = this.tables.activity;
    const { kept, added } = this;
    const rng = this.rng.at(this.stream);
    for (let i = 0; i < kept.length; i++) {
      const left = kept[i]!;
      level[i] = left * level[i]! + added[i]! * rng.normal();
      spread[i] = left * left * spread[i]! + added[i]! * added[i]!;
    }
    this.publish();
    this.schedule(this.spec!);
  }

  private publish(): void {
    const { level, spread } = this.tables.activity;
    let log = 0;
    for (let i = 0; i < this.kept.length; i++) log += level[i]! - spread[i]! / 2;
    this.tables.run.activity[0] = exp(log);
  }

  private schedule({ every_us }: ActivitySpec): void {
    this.queue.schedule(this.queue.now + every_us, ACTIVITY_STEP, 0, 0);
  }
}
