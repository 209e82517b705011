/**
 * Records the audit journals of one run of one world, one a venue: opening state, every step, closing state, and the logs of calls and
 * forced orders as they stand at the end. A world that is recorded is recorded for good: build one for the purpose.
 */
import type { Simulation } from '../../simulation.ts';
import type { Venue } from '../../venue/venue.ts';
import { NO_INSTRUMENT } from '../../venue/breaches.ts';
import type { RunKey } from '../../../core/seed.ts';
import type { JournalRow, WriteRow } from './journal.ts';
import { Journal } from './journal.ts';
import { tapAuctions } from './auctions.ts';
import { tapCollateral } from './collateral.ts';
import { tapLadder } from './ladder.ts';
import { tapMoney } from './money.ts';
import { tap } from './tap.ts';
import { tapUnwinding } from './unwinding.ts';

/** Stamp of the opening state; accounts that are called at birth come after it. */
const OPENING = { seq: 0, event: 0, time_us: 0 };

export class Recorder {
  private readonly simulation: Simulation;
  private readonly recorders: readonly VenueRecorder[];

  /** `write`: told the venue's number first. */
  constructor(simulation: Simulation, write: (venue: number, table: string, row: JournalRow) => void) {
    this.simulation = simulation;
    this.recorders = simulation.venues.map(
      (venue, v) =>
        new VenueRecorder(venue, (table, row) => {
          write(v, table, row);
        }),
    );
  }

  /** Begins the run, up to the moment before its first event. Once. */
  start(key: RunKey): void {
    this.simulation.start(key);
    for (const recorder of this.recorders) recorder.open();
  }

  /** Handles every event up to `until` (µs), and closes the journals. */
  finish(until: number): void {
    this.simulation.run(until);
    for (const recorder of this.recorders) recorder.close();
  }
}

class VenueRecorder {
  private readonly journal: Journal;
  private readonly orders: ReadonlyMap<number, JournalRow>;
  /** Numbers in force as written last, by instrument. */
  private readonly terms: (readonly number[])[] = [];

  constructor(venue: Venue, write: WriteRow) {
    this.journal = new Journal(venue, write);
    tapMoney(this.journal);
    this.orders = tapLadder(this.journal);
    tapCollateral(this.journal);
    tapAuctions(this.journal);
    tapUnwinding(this.journal);
    this.tapMarks();
  }

  /** The run has been started. */
  open(): void {
    const { journal } = this;
    const { ledger } = journal.venue;
    this.writeBalances('opening');
    const { marks, collateral } = ledger;
    for (let instrument = 0; instrument < marks.length; instrument++) {
      journal.write('audit_marks', { ...OPENING, instrument, mark: marks[instrument]! });
      this.writeTerms(instrument, () => OPENING);
    }
    for (let asset = 0; asset < collateral.count; asset++) {
      journal.write('audit_prices', { ...OPENING, asset, price: collateral.price[asset]! });
    }
    journal.isOpen = true;
  }

  /** The run is over. */
  close(): void {
    const { journal } = this;
    journal.isOpen = false;
    this.writeBalances('closing');
    const { calls, callCount, liquidations } = journal.venue.house;
    for (let row = 0; row < callCount; row++) journal.write('audit_calls', rowOf(calls, row));
    for (const [row, placed] of this.orders) {
      journal.write('audit_orders', { ...rowOf(liquidations, row), ...placed });
    }
  }

  private tapMarks(): void {
    const { journal } = this;
    const { ledger, breaches } = journal.venue;
    tap(ledger, 'setMark', (set) => (instrument, mark) => {
      set(instrument, mark);
      journal.write('audit_marks', { ...journal.stamp(), instrument, mark });
    });
    // Told whenever requirements in force have changed, before anybody is judged by them.
    tap(breaches, 'reviewAll', (review) => (instrument) => {
      if (instrument === NO_INSTRUMENT) ledger.marks.forEach((_, each) => this.writeTerms(each));
      else this.writeTerms(instrument);
      review(instrument);
    });
  }

  /** The numbers in force of one instrument that are not those written last. */
  private writeTerms(instrument: number, stamp = () => this.journal.stamp()): void {
    const { journal, terms } = this;
    const before = terms[instrument] ?? [];
    const now = journal.venue.house.rules.margin.changes.schedule?.termsInForce(instrument) ?? [];
    now.forEach((value, term) => {
      if (value === before[term]) return;
      journal.write('audit_terms', { ...stamp(), instrument, term, value });
    });
    terms[instrument] = now;
  }

  private writeBalances(moment: 'opening' | 'closing'): void {
    const { write, venue } = this.journal;
    const { ledger, tables } = venue;
    const { quote, reserve, margined } = ledger.accounts;
    const { free, borrowed, leverage_ppm } = tables.facilities;
    const { bidders } = venue.auctioneer;
    const { collateral, coins } = ledger;
    for (let account = 0; account < quote.length; account++) {
      write('audit_accounts', {
        moment,
        account,
        margined: margined[account]!,
        money: quote[account]!,
        purse: ledger.purse(account),
        reserve: reserve[account]!,
        free: free[account] ?? 0,
        borrowed: borrowed[account] ?? 0,
        leverage_ppm: leverage_ppm[account] ?? 0,
        bids_for: bidders.findIndex((accounts) => accounts.includes(account)),
      });
      for (let instrument = 0; instrument < ledger.instruments; instrument++) {
        const lots = ledger.position(account, instrument);
        if (lots !== 0) write('audit_positions', { moment, account, instrument, lots });
      }
      for (let asset = 0; asset < collateral.count; asset++) {
        const lots = collateral.held(account, asset);
        if (lots !== 0) write('audit_holdings', { moment, account, asset, lots });
      }
      if (coins === undefined) continue;
      for (let instrument = 0; instrument < ledger.instruments; instrument++) {
        const held = coins.held(account, instrument);
        const margin = coins.home[account] === 1 + instrument ? 1 : 0;
        if (held !== 0 || margin !== 0)
          write('audit_balances', { moment, account, instrument, coins: held, margin });
      }
    }
  }
}

type Columns = Readonly<Record<string, ArrayLike<number>>>;

function rowOf(columns: Columns, row: number): JournalRow {
  const values = Object.entries(columns).map(([name, column]) => [name, column[row]!] as const);
  return { row, ...Object.fromEntries(values) };
}
