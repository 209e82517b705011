// Counts what really happened in sampled runs, so that a conservation test can say that it tested what it means to.
import { marginRules, marginWrappers } from '../../src/clearing/margin/index.ts';
import { DUTCH } from '../../src/clearing/calls/rungs/rung.ts';
import {
  AUCTION,
  CALL_LIQUIDATED,
  CALL_MET,
  CALL_TAKEN_OVER,
  INSURANCE,
  VAULT,
} from '../../src/clearing/schema.ts';
import * as Event from '../../src/sim/terms/events.ts';
import type { Simulation } from '../../src/sim/simulation.ts';
import type { Auditor } from './auditor.ts';
import type { Sample } from './sampled-scenario.ts';

/** Each must have happened at least once in the sampled runs. */
const WANTED = [
  'fees paid',
  'losses insured',
  'losses written off',
  'losses shared',
  'insurance exhausted within a run',
  'reserves brought in answer to a call',
  'calls met',
  'calls met by a top-up',
  'calls ended in liquidation',
  'notices sent',
  'partial orders',
  'full orders',
  'shorts bought back',
  'forced orders that the book could not fill',
  'debts of accounts without positions',
  'generations beyond the second',
  'several positions at once',
  'assets sold against a debt',
  'assets that paid a debt in full',
  'bands of assets crossed without a breach',
  'breaches by a fall of an asset',
  'bands crossed without a breach',
  'breaches of several positions',
  'breaches at birth',
  'breaches by a changed requirement',
  'trading fees',
  'rebates',
  'fees contributed to the fund',
  'fees that rise with time',
  'calls of isolated positions',
  'halts',
  'batches',
  'forced orders that an auction filled',
  'calls ended by an auction',
  'lots taken in Dutch auctions',
  'lots taken in sealed auctions',
  'rewards of auctions',
  'bids that lost',
  'bids cut to what margin carries',
  'calls ended by a takeover',
  'lots taken over by the fund',
  'lots taken over by the vault',
  'lots taken over by deleveraging',
  'inventory sold',
  'inventory handed on',
  'debts of fund or vault',
  ...['sale', 'sell-programme', 'value-jump', 'withdrawal'].map((name) => `shock ${name}`),
  ...['last', 'mid', 'index', 'smoothed'].map((name) => `mark ${name}`),
  ...marginRules.all.map(({ name }) => `margin ${name}`),
  ...marginWrappers.all.map(({ name }) => `wrapper ${name}`),
  ...['rate', 'quantile', 'lookback'].map((name) => `floor by ${name}`),
  ...['each event', 'every', 'at', 'when_volatility_above', 'notice'].map((name) => `recompute ${name}`),
  ...['1 instruments', '2 instruments', '3 instruments'],
  // Events are only taken back at forks, which these runs have none of (forking.test.ts has).
  ...Object.entries(Event)
    // No shipped contract expires: expiry.test.ts has one that does.
    .filter(([, kind]) => typeof kind === 'number' && kind !== Event.VOID && kind !== Event.EXPIRY)
    .map(([name]) => `event ${name}`),
];

export class Exercised {
  readonly #counts = new Map<string, number>();

  /** Listens to a simulation, before its `start`. */
  watch(simulation: Simulation): void {
    const { queue } = simulation;
    const { house, ledger } = simulation.only;
    const { triggers } = house;

    const names = new Map(Object.entries(Event).map(([name, kind]) => [kind, name]));
    const next = queue.next.bind(queue);
    queue.next = (until) => {
      const row = next(until);
      if (row >= 0) this.#count(`event ${names.get(queue.columns.kind[row]!)!}`);
      return row;
    };

    const crossed = triggers.crossed.bind(triggers);
    triggers.crossed = (instrument, mark) => {
      const account = crossed(instrument, mark);
      if (account >= 0 && positions(simulation, account) > 1) {
        this.#count(
          house.isHealthy(account) ? 'bands crossed without a breach' : 'breaches of several positions',
        );
      }
      return account;
    };

    const byAsset = triggers.crossedByAsset.bind(triggers);
    triggers.crossedByAsset = (asset, price) => {
      const account = byAsset(asset, price);
      if (account < 0) return account;
      this.#count(
        house.isHealthy(account)
          ? 'bands of assets crossed without a breach'
          : 'breaches by a fall of an asset',
      );
      return account;
    };

    const sell = ledger.sellCollateral.bind(ledger);
    ledger.sellCollateral = (account, debt) => {
      const raised = sell(account, debt);
      if (raised > 0) this.#count('assets sold against a debt');
      if (raised >= debt) this.#count('assets that paid a debt in full');
      return raised;
    };

    const open = house.forced.open.bind(house.forced);
    house.forced.open = (time, account, instrument, lots) => {
      const whole = lots === -ledger.position(account, instrument);
      this.#count(whole ? 'full orders' : 'partial orders');
      if (lots > 0) this.#count('shorts bought back');
      if (positions(simulation, account) > 1) this.#count('several positions at once');
      return open(time, account, instrument, lots);
    };

    const { exchange } = simulation.only.commands;
    let auction = false;
    const uncross = exchange.uncross.bind(exchange);
    exchange.uncross = (instrument, goesOn) => {
      this.#count(goesOn === true ? 'batches' : 'halts');
      auction = true;
      uncross(instrument, goesOn);
      auction = false;
    };
    const closeLiquidation = house.forced.execute.bind(house.forced);
    house.forced.execute = (row, lots, notional) => {
      if (auction && lots > 0) this.#count('forced orders that an auction filled');
      closeLiquidation(row, lots, notional);
    };

    this.#watchTakeovers(simulation);

    const charge = ledger.charge.bind(ledger);
    ledger.charge = (account, value, ppm) => {
      if (ppm !== 0) this.#count(ppm > 0 ? 'trading fees' : 'rebates');
      return charge(account, value, ppm);
    };

    const settle = house.settleClosed.bind(house);
    house.settleClosed = (time, account, row, outcome) => {
      const owes = ledger.accounts.quote[account]! < 0;
      if (owes && house.liquidations.lots[row] === 0) this.#count('debts of accounts without positions');
      if (auction) this.#count('calls ended by an auction');
      settle(time, account, row, outcome);
    };
  }

  #watchTakeovers({ only: { house, commands: venue }, crowd }: Simulation): void {
    const award = house.losses.award.bind(house.losses);
    house.losses.award = (...terms) => {
      const before = house.losses.count;
      award(...terms);
      const kind = house.decision.auction === DUTCH ? 'Dutch' : 'sealed';
      this.#count(`lots taken in ${kind} auctions`, terms[2].lots);
      this.#count('rewards of auctions', house.losses.count - before - 1);
    };
    const affords = house.affords.bind(house);
    house.affords = (account, instrument, buying, selling, cost) => {
      const affordable = affords(account, instrument, buying, selling, cost);
      if (cost !== undefined && !affordable) this.#count('bids cut to what margin carries');
      return affordable;
    };
    const ask = crowd.ask.bind(crowd);
    crowd.ask = (number, account, auction, offer) => {
      ask(number, account, auction, offer);
      if (offer.wanted > 0) this.#count('bids that lost'); // less those that won, at the end
    };
    const close = venue.closeInventory.bind(venue);
    venue.closeInventory = (account, instrument, lots, cause) => {
      this.#count('inventory sold');
      close(account, instrument, lots, cause);
    };
    const takeOver = house.takeOver.bind(house);
    house.takeOver = (time, account, instrument, lots, row) => {
      const left = takeOver(time, account, instrument, lots, row);
      if (account === INSURANCE || account === VAULT) this.#count('inventory handed on', lots - left);
      return left;
    };
    const absorb = house.losses.absorb.bind(house.losses);
    house.losses.absorb = (time, account, debt, row) => {
      if (account === INSURANCE || account === VAULT) this.#count('debts of fund or vault');
      absorb(time, account, debt, row);
    };
  }

  /** Reads off what a finished run shows. */
  add(simulation: Simulation, { scenario, policy, marks, shocks }: Sample, auditor: Auditor): void {
    const { house, tables, queue } = simulation.only;
    this.#count('fees paid', auditor.fees);
    this.#count('fees contributed to the fund', auditor.contributed);
    this.#count('fees that rise with time', typeof policy.liquidation_fee === 'object' ? auditor.fees : 0);
    this.#count('losses insured', auditor.insured);
    this.#count('losses written off', auditor.writtenOff);
    this.#count('losses shared', auditor.shared);
    this.#count('insurance exhausted within a run', auditor.insured > 0 && auditor.writtenOff > 0 ? 1 : 0);
    const { ledger } = simulation.only;
    for (let call = 0; call < house.callCount; call++) {
      const account = house.calls.account[call]!;
      this.#count('calls of isolated positions', ledger.purse(account) === account ? 0 : 1);
      const { outcome, topped_up, notices, breach_us, fill } = house.calls;
      const met = outcome[call] === CALL_MET;
      this.#count('calls met', met ? 1 : 0);
      this.#count('calls met by a top-up', met && topped_up[call]! > 0 ? 1 : 0);
      this.#count('calls ended in liquidation', outcome[call] === CALL_LIQUIDATED ? 1 : 0);
      this.#count('calls ended by a takeover', outcome[call] === CALL_TAKEN_OVER ? 1 : 0);
      this.#count('reserves brought in answer to a call', topped_up[call]);
      this.#count('notices sent', notices[call]);
      this.#count('breaches at birth', breach_us[call] === 0 && fill[call] === -1 ? 1 : 0);
      const updated =
        house.rules.margin.changes.interval_us !== undefined && fill[call] === -1 && breach_us[call]! > 0;
      if (updated && breach_us[call]! % house.rules.margin.changes.interval_us === 0) {
        this.#count('breaches by a changed requirement');
      }
    }
    const { log, count } = house.losses;
    for (let row = 0; row < count; row++) {
      const lots = Math.abs(log.lots[row]!);
      const account = log.account[row]!;
      if (lots === 0) continue;
      if (log.layer[row] === AUCTION) this.#count('bids that lost', -1);
      else if (account === INSURANCE) this.#count('lots taken over by the fund', lots);
      else if (account === VAULT) this.#count('lots taken over by the vault', lots);
      else this.#count('lots taken over by deleveraging', lots);
    }
    for (let row = 0; row < house.liquidationCount; row++) {
      const { lots, filled, generation } = house.liquidations;
      if (filled[row]! < Math.abs(lots[row]!)) this.#count('forced orders that the book could not fill');
      if (generation[row]! > 2) this.#count('generations beyond the second');
    }
    shocks.forEach((written, i) => {
      const done = scenario.shocks[i]!.at_us <= queue.now;
      this.#count(`shock ${(JSON.parse(written) as { kind: string }).kind}`, done ? 1 : 0);
    });
    for (const { rule } of marks) this.#count(`mark ${String(rule)}`);
    this.#count(`margin ${String(policy.margin['rule'])}`);
    for (const wrapper of policy.margin['wrappers'] as Record<string, unknown>[]) {
      this.#count(`wrapper ${String(wrapper['wrapper'])}`);
      if (wrapper['wrapper'] !== 'floor') continue;
      for (const by of ['rate', 'quantile', 'lookback']) if (by in wrapper) this.#count(`floor by ${by}`);
    }
    const { recompute = {}, notice = '0 s' } = policy.margin;
    if (notice !== '0 s') this.#count('recompute notice');
    for (const by of typeof recompute === 'string' ? [recompute] : Object.keys(recompute as object)) {
      this.#count(`recompute ${by}`);
    }
    this.#count(`${tables.marks.price.length} instruments`);
  }

  /** What was wanted and never happened. */
  missing(): string[] {
    return WANTED.filter((what) => (this.#counts.get(what) ?? 0) === 0);
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  #count(what: string, by = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + by);
  }
}

function positions({ only: { ledger } }: Simulation, account: number): number {
  let count = 0;
  for (let i = 0; i < ledger.instruments; i++) if (ledger.position(account, i) !== 0) count++;
  return count;
}
