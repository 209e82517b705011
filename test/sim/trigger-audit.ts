// Triggers against health, account by account: whoever must be watched rests on the ladder, and while every mark stays a
// tick inside of its trigger the account is above the level that it is watched for. Looks at the raw columns and at the
// margin rule's formula; where the triggers came from, and when they were placed last, is no matter.
import { FIRST_TRADER } from '../../src/clearing/schema.ts';
import type { Simulation } from '../../src/sim/simulation.ts';
import { naiveWorth } from '../contracts/naive-worth.ts';

const HIGHEST_PRICE = 0x3ffffffe;

/** Throws on the first account whose triggers are not those of its money, positions and requirement now. */
export function checkTriggers(simulation: Simulation): void {
  const { ledger, house } = simulation.only;
  const { margined } = ledger.accounts;
  const levels = house.rules.ladder.map(({ at_ppm }) => at_ppm);
  const highest = Math.max(...levels);
  for (let account = FIRST_TRADER; account < margined.length; account++) {
    if (margined[account] === 0) continue;
    const level = levelWatched(simulation, account, levels, highest);
    if (level >= 0) checkAccount(simulation, account, level);
  }
}

/** Level (ppm of the requirement), of the ladder's, that an account is watched for; −1: it is not watched for any. */
function levelWatched(
  simulation: Simulation,
  account: number,
  levels: readonly number[],
  highest: number,
): number {
  const { house, ledger } = simulation.only;
  const { stage, call, quote } = ledger.accounts;
  const owes = quote[account]! < 0 || coinsOf(simulation, account).some((coins) => coins < 0);
  if (ledger.isFlat(account)) return stage[account] === 0 && owes ? 1_000_000 : -1;
  if (stage[account] === 0) return highest;
  const reached = house.calls.level_ppm[call[account]! - 1]!;
  const below = levels.slice(stage[account]! - 1).filter((level) => level < reached);
  return below.length === 0 ? -1 : Math.max(...below);
}

function checkAccount(simulation: Simulation, account: number, level: number): void {
  const { house, ledger, tables } = simulation.only;
  const { triggers, requirement } = house;
  const { instruments, marks } = ledger;
  const contracts = simulation.only.spec.instruments.map(({ contract }) => contract);
  const coins = coinsOf(simulation, account);
  const trigger = (line: number): number | undefined => {
    const node = triggers.nodeOf(account, line);
    return triggers.ladder.isLinked(node) ? triggers.ladder.keyOf(node) : undefined;
  };
  const risen = (instrument: number): number | undefined => {
    if (!simulation.scenario.venues[0]!.looksAbove) return undefined;
    const node = triggers.risingNodeOf(account, instrument);
    return triggers.ladder.isLinked(node) ? ~triggers.ladder.keyOf(node) : undefined;
  };
  /** Of a long that owes coins, where there is a second node. */
  const risenKey = (instrument: number): number | undefined => {
    const above = risen(instrument);
    return above === undefined ? trigger(instrument) : ~above;
  };
  /** What a position adds to equity less the level of its requirement, at a mark; quanta, near enough to compare two marks. */
  const worth = (i: number, lots: number, mark: number): number =>
    Number(naiveWorth(contracts[i]!, lots, coins[i] ?? 0, mark)) -
    (lots === 0 ? 0 : (requirement.maintenanceOf(i, Math.abs(lots), mark) * level) / 1_000_000);
  const worst = marks.slice();
  let held = 0;
  for (let i = 0; i < instruments; i++) {
    const lots = ledger.position(account, i);
    const side = contracts[i]!.kind === 'inverse' ? coins[i]! : lots;
    if (side === 0 || ledger.exposure(account, i) === 0) continue;
    held++;
    const key = contracts[i]!.kind === 'inverse' && lots > 0 && side < 0 ? risenKey(i) : trigger(i);
    if (side > 0) {
      const low = key === undefined ? 1 : key + 1;
      const high = (risen(i) ?? HIGHEST_PRICE + 1) - 1;
      worst[i] = level > 1_000_000 && worth(i, lots, high) < worth(i, lots, low) ? high : low;
    } else worst[i] = key === undefined ? HIGHEST_PRICE : ~key - 1;
  }
  const prices = tables.assets.price.slice();
  for (let asset = 0; asset < ledger.collateral.count; asset++) {
    if (ledger.collateral.countedOf(account, asset) === 0) continue;
    held++;
    prices[asset] = (trigger(instruments + asset) ?? 0) + 1;
  }
  /** Equity less the level of the requirement, at these marks and prices. */
  const slack = (at: Int32Array, assetsAt: Int32Array): bigint => {
    let equity = BigInt(ledger.accounts.quote[account]!) + countedAt(simulation, account, assetsAt);
    let required = 0;
    for (let i = 0; i < instruments; i++) {
      const lots = ledger.position(account, i);
      equity += naiveWorth(contracts[i]!, lots, coins[i] ?? 0, at[i]!);
      if (lots === 0) continue;
      required += requirement.maintenanceOf(i, Math.abs(lots), at[i]!);
    }
    return ledger.isFlat(account)
      ? equity + 1n
      : equity - (BigInt(required) * BigInt(level) + 999_999n) / 1_000_000n;
  };
  if (slack(worst, prices) <= 0n) {
    throw new Error(
      `account ${account}: inside of its triggers (marks ${String(worst)}, prices ${String(prices)}) health falls to ${level} ppm`,
    );
  }
  if (held !== 1) return;
  // One trigger is exact: where it rests, health has fallen.
  for (let i = 0; i < instruments; i++) {
    const key = trigger(i);
    for (const price of [key !== undefined && key < 0 ? ~key : key, risen(i)]) {
      if (price === undefined) continue;
      const at = marks.slice();
      at[i] = price;
      if (slack(at, prices) > 0n) throw new Error(`account ${account}: healthy at its trigger ${at[i]}`);
    }
  }
}

/** By instrument; empty where no contract is settled in a coin. */
function coinsOf({ only: { tables, ledger } }: Simulation, account: number): number[] {
  const { instruments } = ledger;
  return Array.from(tables.coins.balance.subarray(account * instruments, (account + 1) * instruments));
}

/** What an account's assets count for at prices, without a rounded product. */
export function countedAt(
  { only: { tables, spec } }: Simulation,
  account: number,
  prices: Int32Array,
): bigint {
  const { assets = [] } = spec;
  let total = 0n;
  assets.forEach(({ contract: { tickLot }, lot, haircut_ppm, size_discount, deposit_scale_start }, asset) => {
    const lots = tables.holdings.lots[account * assets.length + asset]!;
    if (lots === 0) return;
    const most = Math.floor(deposit_scale_start / (tables.assets.deposits[asset]! * tickLot));
    const bySize = Math.floor(1_100_000 / (1 + size_discount * Math.sqrt(lots * lot)));
    const weight = size_discount > 0 ? Math.min(1_000_000 - haircut_ppm, bySize) : 1_000_000 - haircut_ppm;
    const value = BigInt(lots * tickLot) * BigInt(Math.min(prices[asset]!, most));
    total += (value * BigInt(weight)) / 1_000_000n;
  });
  return total;
}
