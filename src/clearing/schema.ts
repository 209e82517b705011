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
export const VAULT = 4; // backstop vault: takes positions over with its own capital
export const OWN_CAPITAL = 5; // what a central counterparty puts at risk itself
export const DEFAULT_FUND = 6; // members' contributions; whose they are stands in members.contribution
export const FEES = 7; // holds what trades were charged, less the rebates
export const FIRST_TRADER = 8;

/** calls.outcome */
export const CALL_OPEN = 0;
export const CALL_MET = 1;
export const CALL_LIQUIDATED = 2;
export const CALL_TAKEN_OVER = 3; // its last lots left without the book
/** What these are called, by their number. */
export const CALL_OUTCOMES = ['open', 'met', 'liquidated', 'taken over'] as const;

/** losses.layer of what winners of an auction take; no layer of the waterfall has this code. */
export const AUCTION = 100;

/** Parts of the fund's window, and the one in progress. */
export const FUND_PEAKS = 17;

export interface ClearingCapacity {
  readonly instruments: number;
  readonly accounts: number;
  readonly span: number;
  readonly calls: number;
  readonly liquidations: number;
  readonly losses: number;
  /** Numbers that the margin rule keeps, in all. */
  readonly marginState: number;
  /** Accounts with a free balance or debts of their own: all, or 1 if nobody has. */
  readonly facilities: number;
  /** Accounts that may belong to a default fund: all, or 1 if there is none. */
  readonly members: number;
  /** Accounts with balances in coins: all, or 0 if no instrument is settled in one. */
  readonly coins: number;
  /** Collateral assets beside money. */
  readonly assets: number;
  /** Triggers of longs above the mark: one a position if some rung is above the maintenance margin, else 0. */
  readonly rising: number;
}

export const clearingSchema = (capacity: ClearingCapacity) => {
  const positions = capacity.accounts * capacity.instruments;
  const holdings = capacity.accounts * capacity.assets;
  // Longs and shorts of each instrument, and holdings of each asset, rest on a line of their own.
  const lines = 2 * capacity.instruments + capacity.assets;
  const ladder = ladderSchema(positions + holdings + capacity.rising, lines, capacity.span);
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
    /** What some accounts have and choose beside their margin; one row if nobody does. */
    facilities: {
      rows: capacity.facilities,
      columns: {
        free: 'f64', // quanta at the venue that are not pledged to positions (isolated margin)
        borrowed: 'f64', // quanta owed to lenders elsewhere
        leverage_ppm: 'i32', // least initial margin chosen, ppm of notional; 0: the rule's own
      },
    },
    /** What members of a default fund have in it; one row if the waterfall has none. */
    members: {
      rows: capacity.members,
      columns: {
        contribution: 'f64', // quanta of the default fund that are this account's
        assessable: 'f64', // quanta that may still be asked of it when the default fund is spent
      },
    },
    /** Row: account × instruments + instrument. */
    positions: {
      rows: positions,
      columns: {
        lots: 'i32',
        cost: 'f64', // quanta paid for the open lots, by average cost; negative: received for lots sold
      },
    },
    /** Row: account × instruments + instrument; none if no instrument is settled in a coin. */
    coins: {
      rows: capacity.coins * capacity.instruments,
      columns: {
        balance: 'f64', // quanta of the coin: bought in, less paid for lots
      },
    },
    coin_homes: {
      rows: capacity.coins,
      columns: {
        instrument: 'i32', // 1 + the one in whose coin the account's margin is kept; 0: in money
      },
    },
    /** Collateral assets; one row if there are none. */
    assets: {
      rows: Math.max(1, capacity.assets),
      columns: {
        price: 'i32', // ticks
        exact: 'f64', // the price before it is rounded to a tick
        followed: 'f64', // price of the instrument that it follows, at its last step; ticks
        deposits: 'f64', // lots in all accounts but the rest of the world's
        brought: 'f64', // lots brought into the system
      },
    },
    /** Row: account × assets + asset; one row if there are none. */
    holdings: {
      rows: Math.max(1, holdings),
      columns: {
        lots: 'i32',
        weight_ppm: 'i32', // by size: share of the value that counts, before the deposits' weight
      },
    },
    trigger_links: ladder.links,
    trigger_words: ladder.words,
    trigger_summary: ladder.summary,
    trigger_keys: ladder.keys,
    trigger_lines: ladder.lines,
    /** Ticks. `previous`: the mark before this one. */
    marks: { rows: capacity.instruments, columns: { price: 'i32', previous: 'i32' } },
    margin: { rows: Math.max(1, capacity.marginState), columns: { value: 'f64' } },
    /** One row an episode of distress: from the breach to health, or to the end of the position. */
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
        level_ppm: 'i32', // deepest level of health that the account has come to
        look: 'i32', // number of the visit that is due; earlier ones are void
        looks: 'i32', // visits so far at the time of the latest one
        alone: 'i32', // latest visits in a row whose orders found an empty book
        restricted: 'u8', // 1: may only reduce its positions
        asked: 'u8', // 1: a demand is out, and its time runs
        auction: 'i32', // 1 + number of its auction; 0: none yet
        notices: 'i32', // demands sent to the trader
        unmet: 'i32', // of these, not met in time
        topped_up: 'f64', // quanta brought in answer, or taken from the free balance
        fill_us: 'f64', // time of the fill that caused it, or -1; the mark that shows it comes later
        breach_us: 'f64',
        looked_us: 'f64', // latest look; 0 before
        detected_us: 'f64', // first look; -1 (here and below): not yet, or never
        sent_us: 'f64', // first demand
        answered_us: 'f64', // first money, or word that there is none
        failed_us: 'f64', // first demand that ran out unmet
        liquidated_us: 'f64', // first forced order
        ended_us: 'f64',
      },
    },
    /** Row: call × instruments + instrument. */
    paces: {
      rows: capacity.calls * capacity.instruments,
      columns: {
        volume: 'i32', // lots traded there by the call's last forced orders, low bits
        order: 'i32', // 1 + row of its last forced order there; 0: none
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
        filled: 'i32', // lots executed in the book, unsigned
        taken_over: 'i32', // lots that fund, vault, opposite accounts or winners of an auction took, unsigned
        mark: 'i32', // ticks, when ordered
        time_us: 'f64',
        notional: 'f64', // quanta executed
        fee: 'f64', // quanta to the insurance fund
        insured: 'f64', // quanta of loss that the fund paid
        shared: 'f64', // quanta of loss that other accounts bore: vault, opposite positions, winners, members
        written_off: 'f64', // quanta of loss that nobody paid
        surplus: 'f64', // quanta gained by those who took the position over with money left
      },
    },
    /** Who bore what. Of one liquidation: Σ quanta = insured + shared + written_off − surplus. */
    losses: {
      rows: capacity.losses,
      columns: {
        time_us: 'f64',
        liquidation: 'i32', // row of the forced order that the loss belongs to
        layer: 'u8', // code of the layer of the waterfall, or AUCTION
        account: 'i32', // who bore it
        quanta: 'f64', // borne; negative: gained
        lots: 'i32', // signed, taken from the liquidated account; 0: money alone
        price: 'f64', // ticks, at which the lots moved, the money included; 0 without lots
      },
    },
    /** Highest level of the insurance fund in each part of the window that its drawdown is measured in. */
    fund_peaks: { rows: FUND_PEAKS, columns: { slot: 'f64', quanta: 'f64' } },
    clearing_cell: {
      rows: 1,
      columns: {
        calls: 'i32',
        liquidations: 'i32',
        losses: 'i32',
        auctions: 'i32',
        engine_off: 'i32',
        money: 'f64', // quanta brought into the system
        lost: 'f64', // quanta that liquidated accounts were relieved of, net of what they left to others
      },
    },
  } as const satisfies Record<string, TableSchema>;
};

type ClearingSchema = ReturnType<typeof clearingSchema>;
export type ClearingTables = { readonly [T in keyof ClearingSchema]: Columns<ClearingSchema[T]> };
