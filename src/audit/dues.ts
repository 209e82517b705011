/** Payments that a row obliges to: each must follow, in full, before anything else of its kind. */
import type { Row } from './row.ts';

export interface Due {
  readonly row: Row;
  readonly from: number;
  readonly to: number;
  readonly quanta: bigint;
}

/** Reasons of payments of which one at a time can be due, in the order in which one that is missing is told of. */
const REASONS = ['liquidation-fee', 'free', 'collateral', 'penalty', 'coin'] as const;
export type Reason = (typeof REASONS)[number];

export const isReason = (reason: string): reason is Reason => (REASONS as readonly string[]).includes(reason);

export class Dues {
  /** Fees of trading, and what the fund gets of them, in their order. */
  private readonly fees: (Due & { readonly reason: string })[] = [];
  private readonly others = new Map<Reason, Due>();

  /** A fee of a fill; nothing is due where it is nothing. */
  oweFee(row: Row, reason: string, from: number, to: number, quanta: bigint): void {
    if (quanta !== 0n) this.fees.push({ row, reason, from, to, quanta });
  }

  owe(reason: Reason, due: Due): void {
    this.others.set(reason, due);
  }

  /** What is due for a reason so far. */
  owed(reason: Reason): bigint {
    return this.others.get(reason)?.quanta ?? 0n;
  }

  /** The next fee is paid. */
  payFee(row: Row): void {
    const due = this.fees.shift();
    check(row, due);
    row.check('reason', due!.reason);
  }

  pay(reason: Reason, row: Row): void {
    check(row, this.others.get(reason));
    this.others.delete(reason);
  }

  /** Whatever is due for a reason is no longer. */
  forget(reason: Reason): void {
    this.others.delete(reason);
  }

  checkFees(): void {
    const due = this.fees[0];
    if (due !== undefined)
      due.row.differs('seq', `followed by a fee of ${due.quanta} quanta from ${due.from}`);
  }

  /** Of those that are not fees. */
  checkOthers(): void {
    for (const reason of REASONS) {
      const due = this.others.get(reason);
      if (due !== undefined)
        due.row.differs('seq', `followed by a payment of ${due.quanta} from ${due.from}`);
    }
  }
}

function check(row: Row, due: Due | undefined): void {
  if (due === undefined) row.differs('quanta', 'nothing: no such payment was due');
  row.check('from', due.from);
  row.check('to', due.to);
  row.check('quanta', due.quanta);
}
