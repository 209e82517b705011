// A clearing house over a small world of its own, without a market: tests give fills, money and marks themselves.
import { ClearingHouse } from '../../src/clearing/house.ts';
import { Ledger } from '../../src/clearing/ledger.ts';
import type { MarginContext, MarginRule } from '../../src/clearing/margin/rule.ts';
import type { ClearingTables } from '../../src/clearing/schema.ts';
import { clearingSchema } from '../../src/clearing/schema.ts';
import { World } from '../../src/core/world.ts';
import type { WrittenPolicy } from '../sim/by-hand.ts';
import { compilePolicy, marginSlots, policySchema } from '../../src/sim/policy.ts';
import { dataFile } from '../sim/real-data.ts';

export interface DeskOptions {
  /** Quanta a tick and lot, by instrument. */
  readonly tickLots: readonly number[];
  readonly marks: readonly number[];
  readonly accounts: number;
  readonly policy: WrittenPolicy;
  readonly quantaPerUnit?: number;
  readonly span?: number;
  readonly calls?: number;
  readonly liquidations?: number;
  readonly losses?: number;
}

export interface Desk {
  readonly ledger: Ledger;
  readonly house: ClearingHouse;
  readonly margin: MarginRule;
  /** The margin rule's own numbers. */
  readonly state: Float64Array;
  readonly tables: ClearingTables;
}

export function newDesk(options: DeskOptions): Desk {
  const { tickLots, marks, accounts } = options;
  const policy = policySchema.parse(options.policy);
  const instruments = tickLots.length;
  const capacity = {
    instruments,
    accounts,
    span: options.span ?? 1024,
    calls: options.calls ?? 16,
    liquidations: options.liquidations ?? 16,
    losses: options.losses ?? 1024,
    marginState: instruments * marginSlots(policy),
    wallets: accounts,
  };
  const { tables } = new World(clearingSchema(capacity));
  const ledger = new Ledger(tables, tickLots);
  const context: MarginContext = {
    instruments: tickLots.map((tickLot, i) => ({ name: `I${i}`, tickLot })),
    quantaPerUnit: options.quantaPerUnit ?? 1,
    state: tables.margin.value,
    data: dataFile,
  };
  const rules = compilePolicy(policy, context);
  const house = new ClearingHouse(tables, capacity, ledger, rules);
  house.reset();
  marks.forEach((mark, i) => {
    ledger.marks[i] = mark;
    rules.margin.reset?.(i, mark);
  });
  return { ledger, house, margin: rules.margin, state: tables.margin.value, tables };
}
