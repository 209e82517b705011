/**
 * What the market reads from its own trades. Everybody sees the same tape, so that one belief stands for all: how far the
 * price lies from that on other venues.
 *
 *   view = index · (1 + φ)
 *   an aggressive order of q lots, s = ±1:  Δ = c · (h(u + s·q) − h(u)),  h(u) = sign(u) · (|u| / q₀)^δ,  then u ← u + s·q
 *   between orders:                         u ← u · e^(−Δt / memory)
 *   φ = Σ φₖ:  φₖ ← φₖ + wₖ·Δ,  and φₖ fades with time Tₖ;  what the weights leave of Δ moves the index for good
 *
 * c: impact of an order of q₀ that comes alone. u: flow of the last moments. As h is taken of the flow, and not of each
 * order, an order moves the price as its parts do that come within the memory. Flow that finds prices better than the view
 * by more than `stale` meets quotes that were left behind, and tells nothing.
 *
 * Giving in: where the last price stays away from the view, belief moves to it: the slowest φₖ by (last / view − 1)·Δt / yields.
 * Anchor: the index and its mean distance from the middle of the book of late (`basis`), for those who rest orders away from
 * the best prices and do not follow each trade.
 *
 * Stress: volatility of the middle of late over the usual one, √(v / (σ²·A·Δt)) with v ← v + (r² − v)·Δt/calms: σ is the
 * index's, A everybody's activity. Those who rest orders withdraw by it.
 *
 * Sources: transient impact with a kernel, J.-P. Bouchaud, Y. Gefen, M. Potters, M. Wyart, Quantitative Finance 4 (2004);
 * square-root law of flow, B. Tóth et al., Physical Review X 1 (2011).
 */
import type { Ledger } from '../../clearing/ledger/ledger.ts';
import { exp, pow } from '../../core/maths.ts';
import { SECOND } from '../../core/units.ts';
import type { Agenda } from '../terms/agenda.ts';
import type { Book } from '../../market/book.ts';
import { BUY } from '../../market/book.ts';
import type { FlowSpec, IndexSpec, InstrumentSpec } from '../scenario/scenario.ts';
import type { VenueLayout } from '../scenario/layout.ts';
import type { WorldTables } from '../scenario/tables.ts';

export class FlowBelief {
  private readonly specs: readonly (FlowSpec | undefined)[];
  private readonly indexes: readonly IndexSpec[];
  private readonly tables: WorldTables;
  private readonly queue: Agenda;
  private readonly book: Book;
  private readonly ledger: Ledger;
  /** Rows of a part: instrument × `parts` + k. */
  private readonly parts: number;
  /** By such a row: its weight, and what is left of it after a step. */
  private readonly weight: Float64Array;
  private readonly kept: Float64Array;
  /** Lots of an order that goes on, which have told something. */
  private told = 0;

  constructor(
    instruments: readonly InstrumentSpec[],
    layout: VenueLayout,
    tables: WorldTables,
    queue: Agenda,
    book: Book,
    ledger: Ledger,
  ) {
    this.specs = instruments.map(({ flow }) => flow);
    this.indexes = instruments.map(({ index }) => index);
    this.tables = tables;
    this.queue = queue;
    this.book = book;
    this.ledger = ledger;
    this.parts = layout.flowParts;
    this.weight = new Float64Array(instruments.length * this.parts);
    this.kept = new Float64Array(instruments.length * this.parts);
    instruments.forEach(({ flow, index }, i) => {
      flow?.fades.forEach(({ share, time_us }, k) => {
        this.weight[i * this.parts + k] = share;
        this.kept[i * this.parts + k] = exp(-index.every_us / time_us);
      });
    });
  }

  /** Before any run. */
  prepare(): void {
    this.tables.flow.stress.fill(1);
  }

  /** True if this instrument's traders read its flow. */
  isRead(instrument: number): boolean {
    return this.specs[instrument] !== undefined;
  }

  /**
   * An aggressive order has traded: fills `from` to `to` (not included). `goesOn`: more fills of it follow; it is then one
   * order when it is done, wherever the ring of fills happened to be full.
   */
  traded(instrument: number, side: number, from: number, to: number, goesOn: boolean): void {
    const spec = this.specs[instrument];
    if (spec === undefined) return;
    const { flow, prices } = this.tables;
    const view = prices.index[instrument]! * (1 + flow.belief[instrument]!);
    const { fills } = this.book;
    let { told } = this;
    for (let n = from; n < to; n++) {
      const row = fills.row(n);
      const price = fills.price(row);
      const better = side === BUY ? view - price : price - view;
      if (better <= spec.stale_ticks) told += fills.lots(row);
    }
    this.told = goesOn ? told : 0;
    if (told > 0 && !goesOn) this.learn(instrument, spec, side === BUY ? told : -told);
  }

  private learn(instrument: number, spec: FlowSpec, lots: number): void {
    const { flow, flow_parts, prices } = this.tables;
    const now = this.queue.now;
    const before = flow.recent[instrument]! * exp((flow.recent_us[instrument]! - now) / spec.memory_us);
    const after = before + lots;
    flow.recent[instrument] = after;
    flow.recent_us[instrument] = now;
    const moved = spec.impact * (concave(after, spec) - concave(before, spec));
    let stays = moved;
    const first = instrument * this.parts;
    for (let k = 0; k < spec.fades.length; k++) {
      const part = this.weight[first + k]! * moved;
      flow_parts.belief[first + k] = flow_parts.belief[first + k]! + part;
      flow.belief[instrument] = flow.belief[instrument]! + part;
      stays -= part;
    }
    prices.index[instrument] = prices.index[instrument]! * (1 + stays);
  }

  /** Time passes: called at each step of the index, before it. */
  step(instrument: number): void {
    const spec = this.specs[instrument];
    if (spec === undefined) return;
    const { flow, flow_parts, prices } = this.tables;
    const first = instrument * this.parts;
    const slowest = first + spec.fades.length - 1;
    let belief = 0;
    for (let row = first; row <= slowest; row++) {
      flow_parts.belief[row] = flow_parts.belief[row]! * this.kept[row]!;
      belief += flow_parts.belief[row]!;
    }
    const index = prices.index[instrument]!;
    const step_us = this.indexes[instrument]!.every_us;
    const last = this.book.lastPrice(instrument);
    if (last > 0 && slowest >= first) {
      const given = ((last / (index * (1 + belief)) - 1) * step_us) / spec.yields_us;
      flow_parts.belief[slowest] = flow_parts.belief[slowest]! + given;
      belief += given;
    }
    flow.belief[instrument] = belief;
    this.look(instrument, spec, index);
  }

  /** What the book says beside the trades: its distance from the index, and how fast it moves. */
  private look(instrument: number, spec: FlowSpec, index: number): void {
    const { flow } = this.tables;
    const { every_us: step_us, volatility } = this.indexes[instrument]!;
    const last = this.book.lastPrice(instrument);
    const bid = this.book.bestBid(instrument);
    const ask = this.book.bestAsk(instrument);
    const middle = bid > 0 && ask > 0 ? (bid + ask) / 2 : last > 0 ? last : this.ledger.marks[instrument]!;
    const gap = middle / index - 1;
    const share = Math.min(1, step_us / spec.anchor_us);
    flow.basis[instrument] = flow.basis[instrument]! + share * (gap - flow.basis[instrument]!);
    // Over the usual variance of this moment's activity, so that it is a pure number.
    const usual = volatility * volatility * (step_us / SECOND) * this.tables.run.activity[0]!;
    const seen = flow.seen[instrument]!;
    flow.seen[instrument] = middle;
    if (usual === 0 || seen === 0) return;
    const r = middle / seen - 1;
    const late = Math.min(1, step_us / spec.calms_us);
    const stress = flow.stress[instrument]!;
    const variance = stress * stress;
    flow.stress[instrument] = Math.sqrt(variance + late * ((r * r) / usual - variance));
  }
}

/** sign(u) · (|u| / q₀)^δ */
function concave(lots: number, { exponent, of_lots }: FlowSpec): number {
  if (lots === 0) return 0;
  const size = pow(Math.abs(lots) / of_lots, exponent);
  return lots > 0 ? size : -size;
}
