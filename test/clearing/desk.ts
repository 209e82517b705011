// A clearing house over a small world of its own, without a market: tests give fills, money and marks themselves.
import type { ContractTerms } from '../../src/contracts/contract.ts';
import { contractOf, Contracts } from '../../src/contracts/contracts.ts';
import { linear } from '../../src/contracts/linear.ts';
import type { AssetTerms } from '../../src/clearing/ledger/collateral.ts';
import { ClearingHouse } from '../../src/clearing/calls/house.ts';
import { Ledger } from '../../src/clearing/ledger/ledger.ts';
import type { MarketView } from '../../src/clearing/margin/market-view.ts';
import type { MarginContext, MarginRule } from '../../src/clearing/margin/rule.ts';
import { compileMargin } from '../../src/clearing/policy/margin.ts';
import type { ClearingTables } from '../../src/clearing/schema.ts';
import { clearingSchema } from '../../src/clearing/schema.ts';
import { ZodError } from 'zod';
import { ConfigError, formatPath } from '../../src/core/errors.ts';
import { World } from '../../src/core/world.ts';
import type { WrittenPolicy } from '../sim/by-hand.ts';
import {
  compilePolicy,
  hasMembers,
  looksAbove,
  marginSlots,
  policySchema,
} from '../../src/clearing/policy/policy.ts';
import { dataFile } from '../sim/real-data.ts';

export interface DeskOptions {
  /** Quanta a tick and lot, by instrument. */
  readonly tickLots: readonly number[];
  /** Contracts in place of linear ones with those values. */
  readonly contracts?: readonly ContractTerms[];
  readonly marks: readonly number[];
  readonly accounts: number;
  readonly policy: WrittenPolicy;
  readonly quantaPerUnit?: number;
  readonly assets?: readonly AssetTerms[];
  readonly span?: number;
  readonly calls?: number;
  readonly liquidations?: number;
  readonly losses?: number;
  /** Accounts with a free balance of their own: all if left out. */
  readonly facilities?: number;
  /** What rules see of the market; nothing if left out. */
  readonly market?: MarketView;
  /** Coins in a lot. */
  readonly lot?: number;
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
  const terms = options.contracts ?? tickLots.map(linear);
  const policy = policySchema.parse(options.policy);
  const instruments = terms.length;
  const capacity = {
    instruments,
    accounts,
    span: options.span ?? 1024,
    calls: options.calls ?? 16,
    liquidations: options.liquidations ?? 16,
    losses: options.losses ?? 1024,
    marginState: instruments * marginSlots(policy),
    facilities: options.facilities ?? accounts,
    members: hasMembers(policy) ? accounts : 1,
    coins: terms.some((one) => contractOf(one).coin !== undefined) ? accounts : 0,
    assets: options.assets?.length ?? 0,
    rising: looksAbove(policy) ? accounts * instruments : 0,
  };
  const { tables } = new World(clearingSchema(capacity));
  const ledger = new Ledger(tables, new Contracts(terms), options.assets);
  const context: MarginContext = {
    instruments: terms.map((contract, i) => ({
      name: `I${i}`,
      contract,
      ...(options.lot === undefined ? {} : { lot: options.lot }),
    })),
    quantaPerUnit: options.quantaPerUnit ?? 1,
    state: tables.margin.value,
    data: dataFile,
    ...(options.market === undefined ? {} : { market: options.market }),
  };
  const rules = compilePolicy(policy, context);
  const margin = compileMargin(policy.margin, context); // the same numbers in the same column
  const house = new ClearingHouse(tables, capacity, ledger, rules);
  house.reset();
  marks.forEach((mark, i) => {
    ledger.marks[i] = mark;
    rules.margin.changes.reset?.(i, mark);
  });
  return { ledger, house, margin, state: tables.margin.value, tables };
}

/** The compiled margin of one instrument: tick × lot is one quantum, the first mark 1,000, unless said otherwise. */
export function marginOf(
  margin: Readonly<Record<string, unknown>>,
  options: Partial<DeskOptions> = {},
): MarginRule {
  const policy = { margin } as unknown as WrittenPolicy;
  return newDesk({ tickLots: [1], marks: [1000], accounts: 2, policy, ...options }).margin;
}

/** The message of what its schema refuses first, or of the ConfigError that compiling it throws. */
export function refusalOf(margin: Readonly<Record<string, unknown>>): string {
  try {
    marginOf(margin);
  } catch (error) {
    if (error instanceof ConfigError) return error.describe();
    if (!(error instanceof ZodError)) throw error;
    const { path, message } = error.issues[0]!;
    return `${formatPath(path as (string | number)[])}: ${message}`;
  }
  throw new Error('it was compiled without an error');
}
