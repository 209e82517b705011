/** Money between traders and the venue: answers to margin calls, withdrawals, and the leverage that a trader chooses. */
import type { ClearingHouse } from '../../../clearing/calls/house.ts';
import type { Ledger } from '../../../clearing/ledger/ledger.ts';
import { PPM, shareOf } from '../../../clearing/margin/rule.ts';
import { CALL_MET, OUTSIDE } from '../../../clearing/schema.ts';
import type { Agenda } from '../../terms/agenda.ts';
import type { Breaches } from '../breaches.ts';
import { NO_FILL, NO_INSTRUMENT } from '../breaches.ts';
import { FROM_CREDIT, FROM_RESERVE } from '../../terms/top-up-source.ts';
import type { WorldTables } from '../../scenario/tables.ts';

export class Treasury {
  private readonly house: ClearingHouse;
  private readonly ledger: Ledger;
  private readonly queue: Agenda;
  private readonly breaches: Breaches;
  private readonly margined: Uint8Array;

  constructor(tables: WorldTables, queue: Agenda, house: ClearingHouse, breaches: Breaches) {
    this.house = house;
    this.ledger = house.ledger;
    this.queue = queue;
    this.breaches = breaches;
    this.margined = tables.accounts.margined;
  }

  /**
   * Money arrives from a trader's reserve, or from a lender; a call that it meets ends. `source`: FROM_…; the cost (ppm
   * of the money, rounded up) goes to the rest of the world. From nowhere: word that there is none.
   */
  topUp(account: number, quanta: number, source: number, cost_ppm: number): void {
    const { house } = this;
    const amount = this.bring(account, quanta, source, cost_ppm);
    if (this.margined[account] === 0) return;
    house.answered(this.queue.now, account, amount);
    if (amount === 0) return;
    if (house.inDistress(account) && house.isHealthy(account)) {
      house.closeCall(this.queue.now, account, CALL_MET);
    }
    house.watch(account);
  }

  /**
   * Takes money out, as far as equity stays at the initial margin and at the policy's release level. Nothing while a
   * call is open.
   */
  withdraw(account: number, quanta: number): void {
    const { house, ledger } = this;
    if (house.inDistress(account)) return;
    const kept = house.releaseLevel(account);
    // Assets count, but it is money that leaves.
    const most = Math.max(0, Math.min(ledger.equity(account) - kept, ledger.worth(account)));
    const amount = quanta < most ? quanta : most;
    if (amount <= 0) return;
    ledger.bring(account, -amount);
    ledger.addReserve(account, amount);
    this.breaches.review(account, NO_INSTRUMENT, NO_FILL);
  }

  /** Sets the least initial margin, ppm of notional; refused (false) if equity does not cover it. */
  chooseLeverage(account: number, least_ppm: number): boolean {
    const { house, ledger } = this;
    const before = ledger.leverage(account);
    ledger.chooseLeverage(account, least_ppm);
    if (ledger.equity(account) >= house.requirement.initial(account)) return true;
    ledger.chooseLeverage(account, before);
    return false;
  }

  /** Returns the quanta that came. */
  private bring(account: number, quanta: number, source: number, cost_ppm: number): number {
    const { ledger } = this;
    if (quanta <= 0) return 0;
    if (source === FROM_CREDIT) {
      const cost = shareOf(quanta, cost_ppm);
      ledger.bring(account, quanta);
      ledger.mint(OUTSIDE, cost);
      ledger.owe(account, quanta + cost);
      return quanta;
    }
    if (source !== FROM_RESERVE) return 0;
    const held = ledger.reserve(account);
    let amount = quanta < held ? quanta : held;
    if (amount + shareOf(amount, cost_ppm) > held) amount = Math.floor((held / (PPM + cost_ppm)) * PPM);
    if (amount <= 0) return 0;
    // Rounding up the cost may ask for a quantum more than there is.
    const cost = Math.min(shareOf(amount, cost_ppm), held - amount);
    ledger.addReserve(account, -amount - cost);
    ledger.bring(account, amount);
    ledger.mint(OUTSIDE, cost);
    return amount;
  }
}
