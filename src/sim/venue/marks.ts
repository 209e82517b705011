/** Marks of a venue: prices become samples, samples become marks, and marks reach the accounts that they break. */
import type { Ledger } from '../../clearing/ledger/ledger.ts';
import type { Exchange } from '../../market/exchange.ts';
import type { MarkInputs } from '../../market/mark.ts';
import type { InstrumentSpec, VenueSpec } from '../scenario/scenario.ts';
import type { WorldTables } from '../scenario/tables.ts';
import type { Agenda } from '../terms/agenda.ts';
import { MARK_PUBLISH, MARK_SAMPLE, MARK_STOPS } from '../terms/events.ts';
import type { Breaches } from './breaches.ts';

export class Marks {
  private readonly instruments: readonly InstrumentSpec[];
  private readonly latency_us: number;
  private readonly prices: WorldTables['prices'];
  private readonly queue: Agenda;
  private readonly exchange: Exchange;
  private readonly ledger: Ledger;
  private readonly breaches: Breaches;
  /** By instrument, 1: its mark follows every event. */
  private readonly everyEvent: Uint8Array;
  private readonly inputs: MarkInputs = { last: 0, bid: 0, ask: 0, index: 0, elapsed_us: 0, previous: 0 };

  constructor(
    { instruments, latency }: VenueSpec,
    prices: WorldTables['prices'],
    queue: Agenda,
    exchange: Exchange,
    ledger: Ledger,
    breaches: Breaches,
  ) {
    this.instruments = instruments;
    this.latency_us = latency.mark_us;
    this.prices = prices;
    this.queue = queue;
    this.exchange = exchange;
    this.ledger = ledger;
    this.breaches = breaches;
    this.everyEvent = Uint8Array.from(instruments, ({ mark }) => (mark.every_us === 0 ? 1 : 0));
  }

  /** The next sample of an instrument's mark, if it is sampled by a clock. */
  scheduleSample(instrument: number): void {
    const { every_us } = this.instruments[instrument]!.mark;
    if (every_us > 0) this.queue.schedule(this.queue.now + every_us, MARK_SAMPLE, 0, instrument);
  }

  /** With a mark that follows every event: sample it if a trade or a change of the best prices could move it. */
  afterCommand(instrument: number): void {
    if (this.everyEvent[instrument] !== 0) this.sample(instrument);
  }

  /** Takes a sample of the mark; it is published now or after the mark's latency. */
  sample(instrument: number): void {
    const now = this.queue.now;
    const { prices, inputs } = this;
    const { book } = this.exchange;
    inputs.last = book.lastPrice(instrument);
    inputs.bid = book.bestBid(instrument);
    inputs.ask = book.bestAsk(instrument);
    inputs.index = prices.index[instrument]!;
    inputs.previous = prices.mark[instrument]!;
    inputs.elapsed_us = now - prices.sampled_us[instrument]!;
    const value = this.instruments[instrument]!.mark.rule.sample(inputs);
    prices.mark[instrument] = value;
    prices.sampled_us[instrument] = now;
    const mark = Math.max(1, Math.round(value));
    if (mark === Math.max(1, Math.round(inputs.previous))) return;
    if (this.latency_us === 0) {
      this.publish(instrument, mark);
      return;
    }
    const row = this.queue.schedule(now + this.latency_us, MARK_PUBLISH, 0, instrument);
    this.queue.columns.a[row] = mark;
  }

  /** Sets the mark (ticks), and opens calls for the accounts whose trigger it has reached. */
  publish(instrument: number, mark: number): void {
    if (this.ledger.marks[instrument] === mark) return;
    this.ledger.setMark(instrument, mark);
    this.breaches.reach(instrument, mark);
    // Nothing calls back: stops that the mark sets off trade in an event of their own.
    if (!this.exchange.marksStops(instrument, mark)) this.exchange.markMoved(instrument, mark);
    else this.queue.schedule(this.queue.now, MARK_STOPS, 0, instrument);
  }
}
