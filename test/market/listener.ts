/** Hears what an exchange or its twin tells, writes it down, and keeps positions and what is open of each order. */
import type { Book, Side } from '../../src/market/book.ts';
import type { Reports } from '../../src/market/reports.ts';
import type { NaiveReports } from './naive-order.ts';

export class Listener implements NaiveReports {
  events: string[] = [];
  readonly positions = [0, 0, 0, 0, 0];
  readonly open = new Map<number, number>();
  readonly reach: Record<string, number>;

  /** `reach` counts what was told, by kind. */
  constructor(reach: Record<string, number>) {
    this.reach = reach;
  }

  trade(
    side: Side,
    price: number,
    lots: number,
    makerTag: number,
    takerTag: number,
    maker: number,
    taker: number,
    cause: number,
  ): void {
    const bought = side === 0 ? lots : -lots;
    if (taker >= 0) this.positions[taker]! += bought;
    if (maker >= 0) this.positions[maker]! -= bought;
    this.#use(makerTag, lots);
    this.#use(takerTag, lots);
    this.say(
      'trade',
      `${side} ${lots} at ${price}: ${makerTag} ${takerTag} ${maker} ${taker} cause ${cause}`,
    );
  }

  cancelled(tag: number, lots: number, reason: string): void {
    this.#use(tag, lots);
    this.say(reason, `${tag} ${lots}`);
  }

  triggered(tag: number): void {
    this.say('triggered', `${tag}`);
  }

  auction(_: number, price: number, lots: number): void {
    this.say('auction', `${lots} at ${price}`);
  }

  forced(cause: number, lots: number, price: number): void {
    this.say('forced', `${cause} ${lots} at ${price}`);
  }

  halted(): void {
    this.say('halted', '');
  }

  position(account: number): number {
    return this.positions[account]!;
  }

  /** Nothing is lost: trades and cancels never exceed an order. */
  #use(tag: number, lots: number): void {
    const left = this.open.get(tag)! - lots;
    if (!(left >= 0 && lots > 0)) this.events.push(`order ${tag}: ${lots} lots too many`);
    if (left === 0) this.open.delete(tag);
    else this.open.set(tag, left);
  }

  private say(kind: string, text: string): void {
    this.reach[kind] = (this.reach[kind] ?? 0) + 1;
    this.events.push(`${kind} ${text}`);
  }
}

/** Reads the fills that the engine tells of. */
export class EngineListener extends Listener implements Reports {
  book: Book | undefined;

  traded(instrument: number, from: number, to: number): void {
    const { fills } = this.book!;
    const { sweeps } = fills;
    if (to !== fills.count) this.events.push(`told fills up to ${to} of ${fills.count}`);
    for (let n = from; n < to; n++) {
      const row = fills.row(n);
      const at = fills.sweep(row);
      if (sweeps.instrument(at) !== instrument) this.events.push('fills of another instrument');
      this.trade(
        sweeps.side(at) as Side,
        fills.price(row),
        fills.lots(row),
        fills.makerTag(row),
        sweeps.takerTag(at),
        fills.maker(row),
        sweeps.taker(at),
        sweeps.cause(at),
      );
    }
  }
}
