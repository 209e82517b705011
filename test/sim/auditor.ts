// An auditor with books of its own: looks at the raw columns of a small world after each event, and adds up again
// everything that must hold. It uses the margin rule's formula, and nothing else of the code under test.
import { FIRST_TRADER, INSURANCE, WRITTEN_OFF } from '../../src/clearing/schema.ts';
import type { Simulation } from '../../src/sim/simulation.ts';
import { countedAt } from './trigger-audit.ts';
import { ruleOf } from '../clearing/rule-of.ts';
import { naiveWorth } from '../contracts/naive-worth.ts';
import { tickLotOf } from '../contracts/tick-lot.ts';

export class Auditor {
  readonly #simulation: Simulation;
  /** Money in accounts, free balances and reserves when the run began; only lenders add to it. */
  readonly #wealth: number;
  readonly #fund: number;
  /** What the fund got (negative: paid) for its inventory in the book, and what others bore for it. */
  #traded = 0;
  #relieved = 0;
  /** What it bore of losses, by the rows of their log that were read so far. */
  #borne = 0;
  #lossesRead = 0;
  fees = 0;
  /** Of trading fees, to the fund. */
  contributed = 0;
  insured = 0;
  writtenOff = 0;
  shared = 0;
  surplus = 0;

  /** After `start`. */
  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    const { quote, reserve } = simulation.only.ledger.accounts;
    this.#wealth = sum(quote) + sum(reserve) + sum(simulation.only.tables.facilities.free);
    this.#fund = quote[INSURANCE]!;
    this.#follow(simulation);
  }

  /** Books of its own about the fund's trades: those in the book go through `settle`, takeovers are beside them. */
  #follow({ only: { ledger, house }, scenario }: Simulation): void {
    const settle = ledger.settle.bind(ledger);
    ledger.settle = (buyer, seller, instrument, lots, price) => {
      const value =
        ledger.coins?.settles(instrument) === true
          ? 0
          : lots * price * tickLotOf(scenario.venues[0]!.instruments[instrument]!.contract);
      if (buyer === INSURANCE) this.#traded -= value;
      if (seller === INSURANCE) this.#traded += value;
      settle(buyer, seller, instrument, lots, price);
    };
    const charge = ledger.charge.bind(ledger);
    ledger.charge = (account, value, ppm) => {
      if (account === INSURANCE) this.#traded -= Math.ceil((value * ppm) / 1_000_000);
      return charge(account, value, ppm);
    };
    const contribute = ledger.contribute.bind(ledger);
    ledger.contribute = (fee, ppm) => {
      if (fee > 0) this.contributed += Number((BigInt(fee) * BigInt(ppm)) / 1_000_000n);
      contribute(fee, ppm);
    };
    const { losses } = house;
    const borne = (first: number): number => {
      let quanta = 0;
      for (let row = first; row < losses.count; row++) quanta += losses.log.quanta[row]!;
      return quanta;
    };
    const absorb = losses.absorb.bind(losses);
    losses.absorb = (time, account, debt, row) => {
      const first = losses.count;
      absorb(time, account, debt, row);
      if (account === INSURANCE) this.#relieved += borne(first);
    };
    const handOver = losses.handOver.bind(losses);
    losses.handOver = (time, account, instrument, lots, row) => {
      const first = losses.count;
      const left = handOver(time, account, instrument, lots, row);
      if (account === INSURANCE) this.#relieved += borne(first);
      return left;
    };
  }

  /** Money and lots, exactly. Cheap enough for every event. */
  checkMoney(): void {
    const {
      only: { tables, ledger },
    } = this.#simulation;
    const { quote, reserve } = ledger.accounts;
    const money = sum(quote);
    same('money in all accounts', money, tables.clearing_cell.money[0]!);
    const { free, borrowed } = tables.facilities;
    same('money everywhere, less debts', money + sum(reserve) + sum(free) - sum(borrowed), this.#wealth);
    for (let i = 0; i < free.length; i++) if (free[i]! < 0) throw new Error(`free balance ${i} is negative`);
    for (let i = 0; i < reserve.length; i++) if (reserve[i]! < 0) throw new Error(`reserve ${i} is negative`);
    const { lots, instruments } = ledger;
    this.#checkAssets();
    for (let i = 0; i < instruments; i++) {
      let net = 0;
      for (let row = i; row < lots.length; row += instruments) net += lots[row]!;
      same(`lots of instrument ${i}`, net, 0);
    }
    const { balance } = tables.coins;
    for (let i = 0; i < instruments && balance.length > 0; i++) {
      let net = 0n;
      for (let row = i; row < balance.length; row += instruments) net += BigInt(balance[row]!);
      if (net !== 0n) throw new Error(`coins of instrument ${i} sum to ${net}`);
    }
  }

  /** Lots of the assets, exactly: as many as came, and the deposits are all but the rest of the world's. */
  #checkAssets(): void {
    const { tables, spec } = this.#simulation.only;
    const count = spec.assets?.length ?? 0;
    const { lots } = tables.holdings;
    for (let asset = 0; asset < count; asset++) {
      let total = 0;
      for (let row = asset; row < lots.length; row += count) {
        total += lots[row]!;
        if (lots[row]! < 0) throw new Error(`holding ${row} is negative`);
      }
      same(`lots of asset ${asset}`, total, tables.assets.brought[asset]!);
      same(`deposits of asset ${asset}`, total - lots[asset]!, tables.assets.deposits[asset]!);
    }
  }

  /** The fund and the losses written off are what the log of liquidations says. */
  #checkFund(): void {
    const {
      only: { house, ledger },
    } = this.#simulation;
    const { fee, insured, shared, written_off, surplus } = house.liquidations;
    this.fees = 0;
    this.insured = 0;
    this.shared = 0;
    this.writtenOff = 0;
    this.surplus = 0;
    // All of them: an order that waits in a call period goes on after its row was written.
    for (let row = 0; row < house.liquidationCount; row++) {
      this.fees += fee[row]!;
      this.insured += insured[row]!;
      this.shared += shared[row]!;
      this.writtenOff += written_off[row]!;
      this.surplus += surplus[row]!;
    }
    const { quote } = ledger.accounts;
    const { losses } = house;
    for (; this.#lossesRead < losses.count; this.#lossesRead++) {
      const row = this.#lossesRead;
      if (losses.log.account[row] === INSURANCE) this.#borne += losses.log.quanta[row]!;
    }
    if (ledger.coins !== undefined) return; // its lots and rounding are in coins, too
    const expected = this.#fund + this.fees + this.contributed - this.#borne + this.#traded + this.#relieved;
    same('the insurance fund', quote[INSURANCE]!, expected);
    same('losses written off', -quote[WRITTEN_OFF]!, this.writtenOff);
    const waits = this.#simulation.only.tables.inventory.due.some((due) => due !== 0);
    if (quote[INSURANCE]! < 0 && ledger.isFlat(INSURANCE) && !waits)
      throw new Error(`the insurance fund owes ${-quote[INSURANCE]!}`);
  }

  /** The log of losses is what the liquidations were relieved of. At the end of a run. */
  checkLosses(): void {
    const { losses } = this.#simulation.only.house;
    losses.assertBorne();
    let borne = 0;
    for (let row = 0; row < losses.count; row++) borne += losses.log.quanta[row]!;
    same('losses borne', borne, this.insured + this.shared + this.writtenOff - this.surplus);
  }

  /** The log adds up, and every margined account is above its maintenance margin, or has a call open. */
  checkHealth(): void {
    const {
      only: { ledger, house, tables },
      scenario,
    } = this.#simulation;
    const { price: prices } = tables.assets;
    const { quote, margined, stage, call } = ledger.accounts;
    const { lots, marks, instruments } = ledger;
    const { balance } = tables.coins;
    const { margin, ladder } = house.rules;
    const levels = ladder.map(({ at_ppm }) => at_ppm);
    const top = Math.max(...levels);
    this.#checkFund();
    for (let account = FIRST_TRADER; account < margined.length; account++) {
      if ((stage[account] === 0) !== (call[account] === 0))
        throw new Error(`account ${account}: half a call`);
      if (stage[account]! > ladder.length) throw new Error(`account ${account}: beyond the last rung`);
      if (margined[account] === 0) continue;
      let equity = quote[account]! + Number(countedAt(this.#simulation, account, prices));
      let required = 0;
      let flat = true;
      for (let i = 0; i < instruments; i++) {
        const n = lots[account * instruments + i]!;
        const coins = balance[account * instruments + i] ?? 0;
        equity += Number(naiveWorth(scenario.venues[0]!.instruments[i]!.contract, n, coins, marks[i]!));
        if (n === 0) continue;
        flat = false;
        required += ruleOf({ margin }).maintenance(i, Math.abs(n), marks[i]!);
      }
      if (call[account] !== 0) {
        const deeper = levels.slice(stage[account]! - 1).filter((level) => equity <= needed(required, level));
        this.#checkCall(account, call[account]! - 1, flat ? [] : deeper, levels);
      } else if (flat ? equity < 0 : equity <= needed(required, top)) {
        throw new Error(
          `account ${account} is in breach (${equity} of ${required} quanta) and nobody saw it`,
        );
      }
    }
  }

  #checkCall(account: number, call: number, reached: readonly number[], levels: readonly number[]): void {
    const {
      only: { house, ledger },
    } = this.#simulation;
    same(`account of call ${call}`, house.calls.account[call]!, account);
    same(`outcome of call ${call}`, house.calls.outcome[call]!, 0);
    const deepest = house.calls.level_ppm[call]!;
    for (const level of reached) {
      if (level < deepest)
        throw new Error(`account ${account} has fallen to ${level} ppm and nobody saw it (${deepest})`);
    }
    if (Math.min(...levels) < deepest) return; // it is watched for what is deeper
    for (let i = 0; i < ledger.instruments + ledger.collateral.count; i++) {
      if (house.triggers.ladder.isLinked(house.triggers.nodeOf(account, i))) {
        throw new Error(`account ${account} has nothing deeper to fall to and is on the trigger ladder`);
      }
    }
    if (!this.#simulation.scenario.venues[0]!.looksAbove) return;
    for (let i = 0; i < ledger.instruments; i++) {
      if (house.triggers.ladder.isLinked(house.triggers.risingNodeOf(account, i)))
        throw new Error(`account ${account} has nothing deeper to fall to and is on the ladder above`);
    }
  }
}

/** A share of a requirement in ppm, rounded up, without a product that could be inexact. */
function needed(required: number, ppm: number): number {
  const product = required * ppm;
  if (product <= Number.MAX_SAFE_INTEGER) {
    const rest = product % 1_000_000;
    return (product - rest) / 1_000_000 + (rest > 0 ? 1 : 0);
  }
  return Number((BigInt(required) * BigInt(ppm) + 999_999n) / 1_000_000n);
}

function sum(column: Float64Array): number {
  let total = 0;
  let largest = 0;
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    total += value;
    largest = Math.max(largest, Math.abs(value), Math.abs(total));
    if (value !== Math.floor(value)) throw new Error(`account ${i} has ${value} quanta`);
  }
  if (!(largest <= Number.MAX_SAFE_INTEGER)) throw new Error(`${largest} quanta are beyond 2^53`);
  return total;
}

function same(what: string, found: number, expected: number): void {
  if (found !== expected) throw new Error(`${what}: ${found}, but it should be ${expected}`);
}
