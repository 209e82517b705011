/**
 * Clearing's tables: accounts and positions, the ladder of trigger prices, margin rules' own state, and the two logs
 * that the cascade is read from: calls (one row an episode of distress) and liquidations (one row a forced order).
 */
import { ladderSchema } from '../core/ladder.ts';
import type { Columns, TableSchema } from '../core/world.ts';

/** Accounts of the venue itself; traders' accounts follow. */
export const OUTSIDE = 0; // the rest of the world: the book's first orders, the other side of opening positions
export const INSURANCE = 1;
export const WRITTEN_OFF = 2; // holds minus the losses that nobody paid
export const SHOCK = 3; // trades the shocks' orders
export const FEES = 4; // holds what trades were charged, less the rebates
export const FIRST_TRADER = 5;

/** calls.outcome */
export const CALL_OPEN = 0;
export const CALL_MET = 1;
export const CALL_LIQUIDATED = 2;

export interface ClearingCapacity {
  readonly instruments: number;
  readonly accounts: number;
  readonly span: number;
  readonly calls: number;
  readonly liquidations: number;
  /** Numbers that the margin rule keeps, in all. */
  readonly marginState: number;
}

export const clearingSchema = (capacity: ClearingCapacity) => {
  const positions = capacity.accounts * capacity.instruments;
  const ladder = ladderSchema(positions, 2 * capacity.instruments, capacity.span);
  return {
    accounts: {
      rows: capacity.accounts,
      columns: {
        quote: 'f64', // quanta: money in, less money paid for lots; equity = quote + lots valued at the mark
        reserve: 'f64', // quanta the trader could still bring from elsewhere
        margined: 'u8', // 1: must meet margin requirements
        stage: 'u8', // 0 healthy, else 1 + index of the rung that acts next
        visits: 'i32', // times that rung has acted in this episode
        call: 'i32', // 1 + row of the open call, 0 for none
      },
    },
    /** Row: account × instruments + instrument. */
    positions: { rows: positions, columns: { lots: 'i32' } },
    trigger_links: ladder.links,
    trigger_words: ladder.words,
    trigger_summary: ladder.summary,
    trigger_keys: ladder.keys,
    trigger_lines: ladder.lines,
    marks: { rows: capacity.instruments, columns: { price: 'i32' } },
    margin: { rows: Math.max(1, capacity.marginState), columns: { value: 'f64' } },
    calls: {
      rows: capacity.calls,
      columns: {
        account: 'i32',
        instrument: 'i32', // whose mark crossed the account's trigger
        generation: 'i32', // 1: triggered by ordinary flow; else one more than the liquidation that triggered it
        parent: 'i32', // liquidations row whose fill carried the price across the trigger, or -1
        fill: 'f64', // number of that fill, or -1
        mark: 'i32', // ticks, at the breach
        outcome: 'i32',
        notices: 'i32', // calls sent to the trader
        topped_up: 'f64', // quanta brought in answer
        breach_us: 'f64',
        detected_us: 'f64',
        ended_us: 'f64',
      },
    },
    liquidations: {
      rows: capacity.liquidations,
      columns: {
        call: 'i32',
        account: 'i32',
        instrument: 'i32',
        generation: 'i32',
        parent: 'i32', // liquidations row, or -1
        root: 'i32', // liquidations row at the top of the tree
        lots: 'i32', // ordered; negative: sold
        filled: 'i32', // lots executed, unsigned
        mark: 'i32', // ticks, when ordered
        time_us: 'f64',
        notional: 'f64', // quanta executed
        fee: 'f64', // quanta to the insurance fund
        insured: 'f64', // quanta of loss that the fund paid
        written_off: 'f64', // quanta of loss that nobody paid
      },
    },
    clearing_cell: {
      rows: 1,
      columns: { calls: 'i32', liquidations: 'i32', engine_off: 'i32', money: 'f64' },
    },
  } as const satisfies Record<string, TableSchema>;
};

type ClearingSchema = ReturnType<typeof clearingSchema>;
export type ClearingTables = { readonly [T in keyof ClearingSchema]: Columns<ClearingSchema[T]> };
