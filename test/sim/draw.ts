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
import { defineAgent, number } from '../../src/index.ts';
import { BUY, SELL } from '../../src/market/book.ts';
import type { Capacity, InstrumentSpec, Latency } from '../../src/sim/scenario.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import type { WrittenPolicy } from './by-hand.ts';
import { group, instrument, mark, NO_LATENCY, scenarioOf } from './by-hand.ts';

/** By code. */
const OUTCOMES = ['open', 'met', 'liquidated', 'taken over'] as const;

const COLUMNS = ['price', 'bids', 'asks', 'longs that break here', 'shorts that break here'] as const;
type Column = (typeof COLUMNS)[number];

/** What a trader is besides its position. */
export interface Trader {
  /** Quanta outside the venue. */
  readonly reserve?: number;
  /** Brings this share of what a call asks for, 0 at first: ignores calls. */
  readonly answers?: number;
  /** … after this time, µs. */
  readonly after_us?: number;
  /** Quanta at the venue that are not pledged. */
  readonly free?: number;
}

/** A registered liquidator without a position. */
export interface Bidder {
  readonly capital: number;
  /** Most lots that it takes in one auction. */
  readonly lots: number;
  /** Discount from the mark that it requires, and bids. */
  readonly discount: number;
}

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

const placed = defineAgent({
  kind: 'placed',
  about: 'Holds a position whose trigger is at a given price, and answers calls with money or not.',
  margined: true,
  params: {
    lots: number(1, 'Position, signed.'),
    breaks: number(1, 'Price at which it breaks.'),
    reserve: number(0, 'Quanta outside.'),
    answers: number(0, 'Share of a demand that it brings.'),
    after: number(0, 'Time until the money arrives, µs.'),
    free: number(0, 'Quanta at the venue that are not pledged.'),
    level: number(1, 'Equity over its requirement where it breaks.'),
  },
  wallet: ['free'],
  born(me, birth) {
    const loss = me.lots * (birth.mark - me.breaks) * birth.tickLot;
    birth.deposit(loss + Math.floor(me.level * birth.maintenanceMargin(me.lots, me.breaks)));
    birth.hold(me.lots, birth.mark);
    birth.keepReserve(me.reserve);
    birth.keepFree(me.free);
  },
  called(me, market, _rng, demand) {
    if (me.answers > 0) market.topUp(me.answers * demand, me.after);
  },
});

const bidder = defineAgent({
  kind: 'bidder',
  about: 'Takes a fixed number of lots at a fixed discount.',
  margined: true,
  params: {
    capital: number(0, 'Quanta.'),
    lots: number(0, 'Most lots.'),
    discount: number(0, 'From the mark.'),
  },
  born(me, birth) {
    birth.deposit(me.capital);
  },
  bid(me, _market, _rng, offer) {
    const price = offer.asked > 0 ? offer.asked : offer.priceAt(me.discount);
    if (offer.discount(price) >= me.discount) offer.take(me.lots, price);
  },
});

interface Row {
  readonly price: number;
  readonly bids: number;
  readonly asks: number;
  readonly accounts: readonly { readonly name: string; readonly lots: number }[];
}

/** A table taken apart, with the frame that a drawing of it needs. */
interface Frame {
  readonly indent: string;
  readonly header: string;
  readonly columns: readonly { readonly name: Column; readonly start: number }[];
  readonly end: string;
  readonly rows: readonly Row[];
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
    const { house } = this.simulation;
    const visit = house.visit.bind(house);
    house.visit = (time, account) => {
      const acts = visit(time, account);
      if (acts && house.decision.demand > 0) this.#demands.push(house.decision.demand);
      return acts;
    };
    this.simulation.start(expandSeed('drawn'));
    expect(this.drawn(), 'the table as it was read').toBe(this.#text(rows));
  }

  /** Runs to a time, µs, that time included. */
  until(time_us: number): this {
    this.simulation.run(time_us);
    return this;
  }

  /** Somebody without margin gives an order now; then all that follows at this time happens. */
  sell(lots: number): this {
    this.simulation.venue.market(SHOCK, 0, -lots, 0);
    return this.until(this.simulation.queue.now);
  }

  buy(lots: number): this {
    this.simulation.venue.market(SHOCK, 0, lots, 0);
    return this.until(this.simulation.queue.now);
  }

  bid(lots: number, price: number): this {
    this.simulation.venue.limit(SHOCK, 0, lots, price, 0, false);
    return this.until(this.simulation.queue.now);
  }

  ask(lots: number, price: number): this {
    this.simulation.venue.limit(SHOCK, 0, -lots, price, 0, false);
    return this.until(this.simulation.queue.now);
  }

  /** The outsiders cancel all that rests. */
  cancelQuotes(): this {
    this.simulation.book.cancelAll(OUTSIDE, 0);
    this.simulation.venue.cancelAll(SHOCK, 0);
    return this.until(this.simulation.queue.now);
  }

  /** The market now, in the frame of the table that it was made from. Accounts with a call open have no price. */
  drawn(): string {
    const { book, house, ledger } = this.simulation;
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
    return this.#text([...prices].sort(([a], [b]) => b - a).map(([price, row]) => ({ price, ...row })));
  }

  /** Forced orders, in order; `cause` is the account whose own forced order broke this one, or 'sale'. */
  liquidations() {
    const { liquidations, liquidationCount } = this.simulation.house;
    return Array.from({ length: liquidationCount }, (_, row) => ({
      account: this.nameOf(liquidations.account[row]!),
      generation: liquidations.generation[row]!,
      cause: this.#liquidated(liquidations.parent[row]!) ?? 'sale',
      price: this.#averagePrice(row),
    }));
  }

  /** Lots that left a liquidated account without the book: who took how many at which price, and got how much. */
  takeovers() {
    const { log, count } = this.simulation.house.losses;
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
    const { liquidations, liquidationCount } = this.simulation.house;
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
    const { calls, callCount } = this.simulation.house;
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
    const { calls, callCount } = this.simulation.house;
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
    return this.simulation.ledger.free(this.accountOf(name));
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
    return this.simulation.ledger.equity(this.accountOf(name));
  }

  position(name: string): number {
    return this.simulation.ledger.position(this.accountOf(name), 0);
  }

  /** Quanta in an account of the venue, such as INSURANCE. */
  money(account: number): number {
    return this.simulation.ledger.accounts.quote[account]!;
  }

  /** Quanta that are in accounts and came from nowhere. */
  moneyCreated(): number {
    const { accounts } = this.simulation.ledger;
    return (
      accounts.quote.reduce((sum, quanta) => sum + quanta, 0) - this.simulation.tables.clearing_cell.money[0]!
    );
  }

  #liquidated(row: number): string | undefined {
    return row < 0 ? undefined : this.nameOf(this.simulation.house.liquidations.account[row]!);
  }

  /** Of what a forced order executed; 0 when that was nothing. */
  #averagePrice(row: number): number {
    const { notional, filled } = this.simulation.house.liquidations;
    return filled[row] === 0 ? 0 : notional[row]! / filled[row]!;
  }

  #text(rows: readonly Row[]): string {
    const { indent, header, columns, end } = this.#frame;
    const width = Math.max(...this.#frame.rows.map(({ price }) => String(price).length));
    const lines = rows.map((row) => {
      let line = '';
      for (const { name, start } of columns) line = line.padEnd(start) + cell(row, name, width);
      return line.trimEnd();
    });
    return ['', ...[header, ...lines].map((line) => indent + line), end].join('\n');
  }
}

function cell({ price, bids, asks, accounts }: Row, column: Column, width: number): string {
  switch (column) {
    case 'price':
      return String(price).padStart(width);
    case 'bids':
      return bids === 0 ? '' : String(bids);
    case 'asks':
      return asks === 0 ? '' : String(asks);
    default: {
      const shown = accounts.filter(({ lots }) => lots > 0 === column.startsWith('longs'));
      return shown.map(({ name, lots }) => `${name}: ${Math.abs(lots)} lots`).join(', ');
    }
  }
}

function readTable(table: string): Frame {
  const lines = table.split('\n');
  const end = lines.pop()!;
  const first = lines.findIndex((line) => line.trim() !== '');
  const written = lines[first]!;
  const indent = written.slice(0, written.indexOf('price'));
  const header = written.slice(indent.length);
  const columns = COLUMNS.map((name) => ({ name, start: header.indexOf(name) })).filter(
    ({ start }) => start >= 0,
  );
  const rows = lines.slice(first + 1).map((line) => readRow(line.slice(indent.length), columns));
  return { indent, header, columns, end, rows };
}

function readRow(line: string, columns: Frame['columns']): Row {
  const cells = new Map<Column, string>();
  columns.forEach(({ name, start }, i) => {
    cells.set(name, line.slice(start, columns[i + 1]?.start).trim());
  });
  const numberIn = (name: Column): number => {
    const text = cells.get(name) ?? '';
    if (!/^\d*$/.test(text)) throw new Error(`${name}: ${text} is no whole number, in the line "${line}"`);
    return Number(text);
  };
  const held = (name: Column, sign: 1 | -1) => {
    const entries = (cells.get(name) ?? '').split(',').filter((entry) => entry.trim() !== '');
    return entries.map((entry) => {
      const match = /^\s*(\w+): (\d+) lots\s*$/.exec(entry);
      if (match === null) throw new Error(`${name}: needs NAME: n lots, got "${entry}"`);
      return { name: match[1]!, lots: sign * Number(match[2]) };
    });
  };
  return {
    price: numberIn('price'),
    bids: numberIn('bids'),
    asks: numberIn('asks'),
    accounts: [...held('longs that break here', 1), ...held('shorts that break here', -1)],
  };
}
