/**
 * Forced orders: how much of a position one closes, at what price at worst, and the row that it leaves in the log of
 * liquidations. Prices are ticks, sizes lots, money quanta.
 */
import { CapacityError } from '../../core/errors.ts';
import { MAX_KEY } from '../../core/ladder.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LiquidationFee } from './liquidation-fee.ts';
import { feeAfter } from './liquidation-fee.ts';
import { atLevel, PPM, shareOf } from '../margin/rule.ts';
import type { Decision } from './rungs/rung.ts';
import { AT_ANY_PRICE, AT_BANKRUPTCY, CLOSE_ENOUGH, CLOSE_TIERS, FROM_MARK } from './rungs/rung.ts';
import type { ClearingTables } from '../schema.ts';
import { INSURANCE } from '../schema.ts';
import type { Requirement } from '../risk/requirement.ts';

export class ForcedOrders {
  readonly rows: ClearingTables['liquidations'];
  private readonly ledger: Ledger;
  private readonly requirement: Requirement;
  private readonly fee: LiquidationFee;
  private readonly accounts: ClearingTables['accounts'];
  private readonly calls: ClearingTables['calls'];
  private readonly cell: ClearingTables['clearing_cell'];
  /** Share of every position that the decision at hand closes, ppm. */
  private share_ppm = 0;

  constructor(tables: ClearingTables, ledger: Ledger, requirement: Requirement, fee: LiquidationFee) {
    this.rows = tables.liquidations;
    this.ledger = ledger;
    this.requirement = requirement;
    this.fee = fee;
    this.accounts = tables.accounts;
    this.calls = tables.calls;
    this.cell = tables.clearing_cell;
  }

  get count(): number {
    return this.cell.liquidations[0]!;
  }

  /** Looks at an account as it is before the orders of a decision at this time; `lots` then sizes each of them. */
  plan(account: number, decision: Readonly<Decision>, time: number): void {
    if (decision.close !== CLOSE_ENOUGH) {
      this.share_ppm = decision.close_ppm;
      return;
    }
    const fee_ppm = this.feeOf(this.accounts.call[account]! - 1, time);
    this.share_ppm = this.enough(account, decision.target_ppm, fee_ppm);
  }

  /** Liquidation fee (ppm) of an order of a call that is given at this time. */
  private feeOf(call: number, time: number): number {
    return feeAfter(this.fee, time - this.calls.breach_us[call]!);
  }

  /** Lots (unsigned) of one position that the planned decision closes: rounded up, so that the last lot goes too. */
  lots(account: number, instrument: number, decision: Readonly<Decision>): number {
    const size = Math.abs(this.ledger.position(account, instrument));
    if (decision.close !== CLOSE_TIERS) return shareOf(size, this.share_ppm);
    const kept = this.requirement.stepDown(account, instrument, decision.tiers);
    return kept < size ? size - kept : size;
  }

  /** Worst price at which an order against a position may trade; 0: any. */
  limitPrice(account: number, instrument: number, decision: Readonly<Decision>): number {
    if (decision.limit === AT_ANY_PRICE) return 0;
    if (decision.limit === AT_BANKRUPTCY) return this.bankruptcyPrice(account, instrument);
    const mark = this.ledger.marks[instrument]!;
    const away =
      decision.limit === FROM_MARK
        ? Math.floor((mark * decision.limit_ppm) / PPM)
        : this.fillableDistance(account, instrument, decision);
    return clampPrice(this.ledger.position(account, instrument) > 0 ? mark - away : mark + away);
  }

  /** Price (ticks) that a Dutch auction asks: `discount_ppm` from the mark, rounded towards it, but not beyond the limit. */
  asked(account: number, instrument: number, decision: Readonly<Decision>): number {
    const mark = this.ledger.marks[instrument]!;
    const away = Math.floor((mark * decision.discount_ppm) / PPM);
    const limit = this.limitPrice(account, instrument, decision);
    const long = this.ledger.position(account, instrument) > 0;
    const price = clampPrice(long ? mark - away : mark + away);
    if (limit === 0) return price;
    return long ? Math.max(price, limit) : Math.min(price, limit);
  }

  /**
   * Distance of the fillable price from the mark, whole ticks rounded towards it:
   * ABR · spread · MM_i / (lots · unit), ABR = clamp(adjustment · (1 − equity / MM), 0, 1). Source: dYdX v4, liquidations.
   */
  private fillableDistance(account: number, instrument: number, decision: Readonly<Decision>): number {
    const { ledger, requirement } = this;
    const lots = ledger.position(account, instrument);
    const mark = ledger.marks[instrument]!;
    const all = requirement.maintenance(account);
    const lacking = all > 0 ? (decision.adjustment * (all - ledger.equity(account))) / all : 1;
    const ratio = lacking < 0 ? 0 : lacking > 1 ? 1 : lacking;
    const own = requirement.part(account, instrument);
    const lost = ratio * (decision.limit_ppm / PPM) * own;
    return Math.floor(Math.abs(ledger.contracts.move(instrument, lots, mark, -lost)));
  }

  /**
   * Price at which closing a position leaves the account with nothing; the nearest tick that does not leave a debt.
   * With several positions equity is shared among them in proportion to their requirements:
   * p = mark − equity · (MM_i / MM) / (lots · unit). Source: dYdX v4, bankruptcy price −ΔN − equity·|ΔMM|/MM.
   */
  bankruptcyPrice(account: number, instrument: number): number {
    const { ledger, requirement } = this;
    const lots = ledger.position(account, instrument);
    const mark = ledger.marks[instrument]!;
    const all = requirement.maintenance(account);
    const share = all > 0 ? requirement.part(account, instrument) / all : 1;
    const distance = ledger.contracts.move(instrument, lots, mark, -ledger.equity(account) * share);
    return clampPrice(lots > 0 ? Math.ceil(mark + distance) : Math.floor(mark + distance));
  }

  /** Opens the row of a forced order of `lots` (negative: a sale). Its cause is that of the account's open call. */
  open(time: number, account: number, instrument: number, lots: number): number {
    const { rows, calls } = this;
    const row = this.cell.liquidations[0]!;
    if (row === rows.account.length) throw new CapacityError('liquidations', row, 'capacity.liquidations');
    this.cell.liquidations[0] = row + 1;
    const call = this.accounts.call[account]! - 1;
    const parent = calls.parent[call]!;
    rows.call[row] = call;
    rows.account[row] = account;
    rows.instrument[row] = instrument;
    rows.generation[row] = calls.generation[call]!;
    rows.parent[row] = parent;
    rows.root[row] = parent < 0 ? row : rows.root[parent]!;
    rows.lots[row] = lots;
    rows.mark[row] = this.ledger.marks[instrument]!;
    rows.time_us[row] = time;
    if (calls.liquidated_us[call] === -1) calls.liquidated_us[call] = time;
    return row;
  }

  /**
   * Records what a forced order has executed, and takes the liquidation fee from what equity is left. May come again: an
   * order that waits in a call period executes later.
   */
  execute(row: number, lots: number, notional: number): void {
    const { rows } = this;
    rows.filled[row] = rows.filled[row]! + lots;
    rows.notional[row] = rows.notional[row]! + notional;
    this.fine(row, notional, this.feeOf(rows.call[row]!, rows.time_us[row]!));
  }

  /** Takes a share (ppm) of a value in quanta from what equity is left, for the insurance fund. */
  fine(row: number, notional: number, ppm: number): void {
    const { rows, ledger } = this;
    const account = rows.account[row]!;
    if (ppm === 0 || notional === 0) return;
    const equity = ledger.worth(account); // fees are paid in money
    const due = shareOf(notional, ppm);
    const fee = due < equity ? due : equity;
    if (fee <= 0) return;
    ledger.transfer(account, INSURANCE, fee);
    rows.fee[row] = rows.fee[row]! + fee;
  }

  /** Least share (ppm) of every position whose closing at the marks lifts health to `target_ppm`; all if none does. */
  private enough(account: number, target_ppm: number, fee_ppm: number): number {
    let low = 0;
    let high = PPM;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.restores(account, middle, target_ppm, fee_ppm)) high = middle;
      else low = middle;
    }
    return high;
  }

  private restores(account: number, share_ppm: number, target_ppm: number, fee_ppm: number): boolean {
    const { ledger } = this;
    let equity = ledger.equity(account);
    for (let i = 0; i < ledger.instruments; i++) {
      const size = Math.abs(ledger.position(account, i));
      if (size === 0) continue;
      const mark = ledger.marks[i]!;
      const closed = shareOf(size, share_ppm);
      equity -= shareOf(ledger.contracts.notional(i, closed, mark), fee_ppm);
    }
    return equity > atLevel(this.requirement.maintenanceAfter(account, share_ppm), target_ppm);
  }
}

function clampPrice(price: number): number {
  return price < 1 ? 1 : price > MAX_KEY ? MAX_KEY : price;
}
