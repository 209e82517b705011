/**
 * Liquidated accounts as they were before they were: money and positions at the last whole second before their first forced
 * order, frozen. Later marks say whether such an account would meet its maintenance margin again, had it been left alone.
 * Collateral assets count for what they counted for then.
 */
import type { Venue } from '../../sim/venue/venue.ts';

interface Frozen {
  readonly time_us: number;
  /** Quanta, collateral assets included. */
  readonly money: number;
  /** By instrument. */
  readonly lots: Int32Array;
  /** In the coins that contracts are settled in, by instrument; empty where none is. */
  readonly coins: Float64Array;
  /** Of all positions at the marks then, quanta. */
  readonly notional: number;
}

/** What was seen so long after first forced orders. */
export interface Seen {
  /** Accounts whose moment came before the end of the run; the others' did not, and nothing is known of them. */
  accounts: number;
  notional: number;
  /** Of these, those that would meet maintenance again. */
  again: number;
  againNotional: number;
}

export class FrozenAccounts {
  /** By horizon, in the order given. */
  readonly seen: readonly Seen[];
  readonly #horizons_us: readonly number[];
  readonly #frozen: Frozen[] = [];
  readonly #known = new Set<number>();
  /** Of each horizon, how many of the frozen accounts have been looked at: they are in time order. */
  readonly #done: number[];
  #row: number;
  #money: Float64Array;
  #lots: Int32Array;
  #coins: Float64Array;

  /** At the shock: forced orders before row `first` do not count. */
  constructor(venue: Venue, first: number, horizons_us: readonly number[]) {
    this.seen = horizons_us.map(() => ({ accounts: 0, notional: 0, again: 0, againNotional: 0 }));
    this.#horizons_us = horizons_us;
    this.#done = horizons_us.map(() => 0);
    this.#row = first;
    this.#money = new Float64Array(venue.tables.accounts.quote.length);
    this.#lots = new Int32Array(venue.tables.positions.lots.length);
    this.#coins = new Float64Array(venue.ledger.coins?.balance.length ?? 0);
    this.#keep(venue);
  }

  /** Every second: freezes who was liquidated since the last one, and looks at those whose time has come. */
  sample(venue: Venue): void {
    this.#freeze(venue);
    this.#keep(venue);
    const now = venue.queue.now;
    this.#horizons_us.forEach((horizon_us, h) => {
      for (let i = this.#done[h]!; i < this.#frozen.length; i++) {
        const one = this.#frozen[i]!;
        if (one.time_us + horizon_us > now) break;
        this.#done[h] = i + 1;
        const seen = this.seen[h]!;
        seen.accounts++;
        seen.notional += one.notional;
        if (!meetsMaintenance(venue, one)) continue;
        seen.again++;
        seen.againNotional += one.notional;
      }
    });
  }

  #freeze({ house, ledger }: Venue): void {
    const { account: accounts, time_us } = house.liquidations;
    const { instruments, marks, contracts } = ledger;
    for (; this.#row < house.liquidationCount; this.#row++) {
      const account = accounts[this.#row]!;
      if (this.#known.has(account)) continue;
      this.#known.add(account);
      const lots = this.#lots.slice(account * instruments, (account + 1) * instruments);
      const coins = this.#coins.slice(account * instruments, (account + 1) * instruments);
      const notional = lots.reduce((sum, own, i) => sum + contracts.notional(i, Math.abs(own), marks[i]!), 0);
      this.#frozen.push({
        time_us: time_us[this.#row]!,
        money: this.#money[account]!,
        lots,
        coins,
        notional,
      });
    }
  }

  /** The state of all accounts now, for whoever is liquidated before the next sample. */
  #keep({ tables, ledger }: Venue): void {
    this.#lots.set(tables.positions.lots);
    this.#money.set(tables.accounts.quote);
    if (ledger.coins !== undefined) this.#coins.set(ledger.coins.balance);
    if (ledger.collateral.count === 0) return;
    for (let account = 0; account < this.#money.length; account++) {
      this.#money[account]! += ledger.collateral.counted(account);
    }
  }
}

function meetsMaintenance({ ledger, house }: Venue, { money, lots, coins }: Frozen): boolean {
  let equity = money;
  lots.forEach((own, i) => {
    const mark = ledger.marks[i]!;
    if (ledger.coins?.settles(i) === true) equity += ledger.coins.worth(i, coins[i]!, own, mark);
    else equity += ledger.contracts.value(i, own, mark);
  });
  return equity > house.requirement.maintenanceOfAll(lots);
}
