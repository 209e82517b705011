// A market as a small text table, for tests that a trader can read:
//
//   price   bids   asks   longs that break here
//   101            5
//   100     5
//    99     5             A: 5 lots
//
// Bids and asks are the book. An account stands at the price at which its equity falls to its maintenance margin.
import { expect } from 'vitest';
import { FIRST_TRADER, OUTSIDE, SHOCK } from '../../src/clearing/schema.ts';
import { expandSeed } from '../../src/core/seed.ts';
import { BUY, SELL } from '../../src/market/book.ts';
import type { Capacity, InstrumentSpec, Latency } from '../../src/sim/scenario/scenario.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import type { WrittenPolicy } from './by-hand.ts';
import { group, instrument, mark, NO_LATENCY, scenarioOf } from './by-hand.ts';
import type { Frame } from './drawn-table.ts';
import { readTable, textOf } from './drawn-table.ts';
import type { Bidder, Trader } from './drawn-traders.ts';
import { bidder, placed } from './drawn-traders.ts';

/** By code. */
const OUTCOMES = ['open', 'met', 'liquidated', 'taken over'] as const;

export interface DrawOptions {
  /** Default: liquidation at once when nothing is left, no insurance. */
  readonly policy?: WrittenPolicy;
  /** Default: none. */
  readonly latency?: Partial<Latency>;
  /** Default: the last price, after every command. */
  readonly mark?: InstrumentSpec['mark'];
  /** First mark; default: the best bid. */
  readonly price?: number;
  readonly traders?: Readonly<Record<string, Trader>>;
  /** Their accounts follow the traders'. */
  readonly liquidators?: Readonly<Record<string, Bidder>>;
  /** Health at which accounts stand where the table has them: the ladder's highest level, 1 by default. */
  readonly level?: number;
  readonly capacity?: Partial<Capacity>;
}

/** Builds a market from its table. */
export function market(table: string, options: DrawOptions = {}): DrawnMarket {
  return new DrawnMarket(readTable(table), options);
}

export class DrawnMarket {
  readonly simulation: Simulation;
  readonly #frame: Frame;
  readonly #names: readonly string[];
  readonly #demands: number[] = [];

  constructor(frame: Frame, options: DrawOptions) {
    this.#frame = frame;
    const { rows } = frame;
    const side = (of: 'bids' | 'asks') => {
      const held = rows.filter((row) => row[of] > 0);
      if (of === 'asks') held.reverse();
      return {
        price: Int32Array.from(held, (row) => row.price),
        lots: Int32Array.from(held, (row) => row[of]),
      };
    };
    const bids = side('bids');
    const accounts = rows.flatMap((row) =>
      row.accounts.map((account) => ({ ...account, breaks: row.price })),
    );
    const liquidators = Object.entries(options.liquidators ?? {});
    this.#names = [...accounts, ...liquidators.map(([name]) => ({ name }))].map(({ name }) => name);
    this.simulation = new Simulation(
      scenarioOf({
        instruments: [
          instrument({
            price: options.price ?? bids.price[0]!,
            bids,
            asks: side('asks'),
            mark: options.mark ?? mark({ rule: 'last' }),
            index: { volatility: 0, every_us: 1 },
          }),
        ],
        groups: [
          ...accounts.map(({ name, lots, breaks }) => {
            const { reserve = 0, answers = 0, after_us: after = 0, free = 0 } = options.traders?.[name] ?? {};
            const { level = 1 } = options;
            return group(placed, 1, { name, params: { lots, breaks, reserve, answers, after, free, level } });
          }),
          ...liquidators.map(([name, params]) => group(bidder, 1, { name, params: { ...params } })),
        ],
        policy: options.policy ?? {
          margin: { rule: 'flat', leverage: 1, maintenance_rate: 0 },
          ladder: 'immediate',
        },
        latency: { ...NO_LATENCY, ...options.latency },
        ...(options.capacity === undefined ? {} : { capacity: options.capacity }),
      }),
    );
    const { house } = this.simulation.only;
    const visit = house.visit.bind(house);
    house.visit = (time, account) => {
      const acts = visit(time, account);
      if (acts && house.decision.demand > 0) this.#demands.push(house.decision.demand);
      return acts;
    };
    this.simulation.start(expandSeed('drawn'));
    expect(this.drawn(), 'the table as it was read').toBe(textOf(this.#frame, rows));
  }

  /** Runs to a time, µs, that time included. */
  until(time_us: number): this {
    this.simulation.run(time_us);
    return this;
  }

  /** Somebody without margin gives an order now; then all that follows at this time happens. */
  sell(lots: number): this {
    this.simulation.only.commands.market(SHOCK, 0, -lots, 0);
    return this.until(this.simulation.queue.now);
  }

  buy(lots: number): this {
    this.simulation.only.commands.market(SHOCK, 0, lots, 0);
    return this.until(this.simulation.queue.now);
  }

  bid(lots: number, price: number): this {
    this.simulation.only.commands.limit(SHOCK, 0, lots, price, 0, false);
    return this.until(this.simulation.queue.now);
  }

  ask(lots: number, price: number): this {
    this.simulation.only.commands.limit(SHOCK, 0, -lots, price, 0, false);
    return this.until(this.simulation.queue.now);
  }

  /** The outsiders cancel all that rests. */
  cancelQuotes(): this {
    this.simulation.only.book.cancelAll(OUTSIDE, 0);
    this.simulation.only.commands.cancelAll(SHOCK, 0);
    return this.until(this.simulation.queue.now);
  }

  /** The market now, in the frame of the table that it was made from. Accounts with a call open have no price. */
  drawn(): string {
    const { book, house, ledger } = this.simulation.only;
    const prices = new Map<
      number,
      { bids: number; asks: number; accounts: { name: string; lots: number }[] }
    >();
    const at = (price: number) => {
      const found = prices.get(price) ?? { bids: 0, asks: 0, accounts: [] };
      prices.set(price, found);
      return found;
    };
    for (const side of [BUY, SELL] as const) {
      book.ladder.forEach(side, (order, key) => {
        at(key ^ -side)[side === BUY ? 'bids' : 'asks'] += book.orders.lots(order);
      });
      house.triggers.ladder.forEach(side, (account, key) => {
        const name = this.#names[account - FIRST_TRADER]!;
        at(key ^ -side).accounts.push({ name, lots: ledger.position(account, 0) });
      });
    }
    return textOf(
      this.#frame,
      [...prices].sort(([a], [b]) => b - a).map(([price, row]) => ({ price, ...row })),
    );
  }

  /** Forced orders, in order; `cause` is the account whose own forced order broke this one, or 'sale'. */
  liquidations() {
    const { liquidations, liquidationCount } = this.simulation.only.house;
    return Array.from({ length: liquidationCount }, (_, row) => ({
      account: this.nameOf(liquidations.account[row]!),
      generation: liquidations.generation[row]!,
      cause: this.#liquidated(liquidations.parent[row]!) ?? 'sale',
      price: this.#averagePrice(row),
    }));
  }

  /** Lots that left a liquidated account without the book: who took how many at which price, and got how much. */
  takeovers() {
    const { log, count } = this.simulation.only.house.losses;
    return Array.from({ length: count }, (_, row) => ({
      taker: this.nameOf(log.account[row]!),
      lots: log.lots[row]!,
      price: log.price[row]!,
      gained: -log.quanta[row]! || 0,
      time_us: log.time_us[row]!,
    }));
  }

  /** Forced orders with what they sold (negative: bought) and what they cost whom, quanta. */
  orders() {
    const { liquidations, liquidationCount } = this.simulation.only.house;
    return Array.from({ length: liquidationCount }, (_, row) => ({
      account: this.nameOf(liquidations.account[row]!),
      time_us: liquidations.time_us[row]!,
      ordered: 0 - liquidations.lots[row]!,
      filled: liquidations.filled[row]!,
      price: this.#averagePrice(row),
      fee: liquidations.fee[row]!,
      insured: liquidations.insured[row]!,
      written_off: liquidations.written_off[row]!,
    }));
  }

  calls() {
    const { calls, callCount } = this.simulation.only.house;
    return Array.from({ length: callCount }, (_, row) => {
      const code = calls.outcome[row];
      return {
        account: this.nameOf(calls.account[row]!),
        outcome: OUTCOMES[code!],
        mark: calls.mark[row]!,
        notices: calls.notices[row]!,
        topped_up: calls.topped_up[row]!,
        breach_us: calls.breach_us[row]!,
        detected_us: calls.detected_us[row]!,
        ended_us: calls.ended_us[row]!,
      };
    });
  }

  /** The rest of the calls' columns. */
  callDetails() {
    const { calls, callCount } = this.simulation.only.house;
    return Array.from({ length: callCount }, (_, row) => ({
      generation: calls.generation[row]!,
      unmet: calls.unmet[row]!,
      fill_us: calls.fill_us[row]!,
      sent_us: calls.sent_us[row]!,
      answered_us: calls.answered_us[row]!,
      failed_us: calls.failed_us[row]!,
      liquidated_us: calls.liquidated_us[row]!,
    }));
  }

  /** What each demand asked for, quanta, in the order in which they were sent. */
  demands(): readonly number[] {
    return this.#demands;
  }

  free(name: string): number {
    return this.simulation.only.ledger.free(this.accountOf(name));
  }

  /** Row of the account in the venue's tables. */
  accountOf(name: string): number {
    const index = this.#names.indexOf(name);
    if (index < 0) throw new Error(`no account ${name}`);
    return FIRST_TRADER + index;
  }

  nameOf(account: number): string {
    return this.#names[account - FIRST_TRADER] ?? `account ${account}`;
  }

  equity(name: string): number {
    return this.simulation.only.ledger.equity(this.accountOf(name));
  }

  position(name: string): number {
    return this.simulation.only.ledger.position(this.accountOf(name), 0);
  }

  /** Quanta in an account of the venue, such as INSURANCE. */
  money(account: number): number {
    return this.simulation.only.ledger.accounts.quote[account]!;
  }

  /** Quanta that are in accounts and came from nowhere. */
  moneyCreated(): number {
    const { accounts } = this.simulation.only.ledger;
    return (
      accounts.quote.reduce((sum, quanta) => sum + quanta, 0) -
      this.simulation.only.tables.clearing_cell.money[0]!
    );
  }

  #liquidated(row: number): string | undefined {
    return row < 0 ? undefined : this.nameOf(this.simulation.only.house.liquidations.account[row]!);
  }

  /** Of what a forced order executed; 0 when that was nothing. */
  #averagePrice(row: number): number {
    const { notional, filled } = this.simulation.only.house.liquidations;
    return filled[row] === 0 ? 0 : notional[row]! / filled[row]!;
  }
}
