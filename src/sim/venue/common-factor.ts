/**
 * What the prices on other venues have in common: a Wiener process W, and jumps of Laplace's law that come for all at once.
 *
 *   pᵢ ← pᵢ · (1 + σᵢ·(cᵢ·ΔW + √(1 − cᵢ²)·√(A·Δt)·Zᵢ) + jᵢ·ΔJ + own jumps),   ΔW of variance A·Δt
 *
 * cᵢ: share of the instrument's normal steps that are the factor's, so that two instruments correlate by cᵢ·cⱼ; jᵢ: how much of a
 * jump it makes; A: everybody's activity; J: the sum of the jumps so far. The factor moves when somebody looks, by what time has
 * passed, so that instruments that step at the same times see the same moves, and those of other times the right covariance.
 */
import type { Agenda } from '../terms/agenda.ts';
import type { Rng } from '../../core/rng.ts';
import type { RunKey } from '../../core/seed.ts';
import { deriveStream } from '../../core/seed.ts';
import { SECOND } from '../../core/units.ts';
import type { InstrumentSpec } from '../scenario/scenario.ts';
import type { WorldTables } from '../scenario/tables.ts';
import { PURPOSE } from '../terms/purposes.ts';
import type { JumpSpec } from '../terms/jumps.ts';
import { laplaceJump } from '../terms/jumps.ts';

export class CommonFactor {
  private readonly jumps: JumpSpec | undefined;
  private readonly tables: WorldTables;
  private readonly queue: Agenda;
  private readonly rng: Rng;
  private readonly stream: number;
  /** By instrument: σ·c, and j; 0 where it has nothing in common. */
  private readonly volatility: Float64Array;
  private readonly jump: Float64Array;

  constructor(
    instruments: readonly InstrumentSpec[],
    jumps: JumpSpec | undefined,
    stream: number,
    tables: WorldTables,
    queue: Agenda,
    rng: Rng,
  ) {
    this.jumps = jumps;
    this.tables = tables;
    this.queue = queue;
    this.rng = rng;
    this.stream = stream;
    this.volatility = Float64Array.from(
      instruments,
      ({ index }) => index.volatility * (index.common?.steps ?? 0),
    );
    this.jump = Float64Array.from(instruments, ({ index }) => index.common?.jumps ?? 0);
  }

  /** Its luck from here on. */
  start(key: RunKey): void {
    const { streams } = this.tables;
    if (this.stream < streams.a.length) deriveStream(key, 0, 0, PURPOSE.commonFactor, streams, this.stream);
  }

  /** Relative move that an instrument makes with the factor since the last time that this was asked; 0 without one. */
  moveOf(instrument: number): number {
    const volatility = this.volatility[instrument]!;
    const jump = this.jump[instrument]!;
    if (volatility === 0 && jump === 0) return 0;
    this.advance();
    const { factor, factor_seen } = this.tables;
    const wiener = factor.wiener[0]! - factor_seen.wiener[instrument]!;
    const jumped = factor.jumped[0]! - factor_seen.jumped[instrument]!;
    factor_seen.wiener[instrument] = factor.wiener[0]!;
    factor_seen.jumped[instrument] = factor.jumped[0]!;
    return volatility * wiener + jump * jumped;
  }

  /** Moves the factor to the present time. */
  private advance(): void {
    const { factor, run } = this.tables;
    const passed_us = this.queue.now - factor.moved_us[0]!;
    if (passed_us === 0) return;
    factor.moved_us[0] = this.queue.now;
    const elapsed = (passed_us / SECOND) * run.activity[0]!;
    const rng = this.rng.at(this.stream);
    factor.wiener[0] = factor.wiener[0]! + Math.sqrt(elapsed) * rng.normal();
    if (this.jumps !== undefined)
      factor.jumped[0] = factor.jumped[0]! + laplaceJump(rng, this.jumps, elapsed);
  }
}

/** Share of an instrument's own steps that are its own: √(1 − c²). */
export function ownShare({ index }: InstrumentSpec): number {
  const common = index.common?.steps ?? 0;
  return common === 0 ? 1 : Math.sqrt(1 - common * common);
}
