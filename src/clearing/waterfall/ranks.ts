/**
 * Ranks of auto-deleveraging: in which order opposite positions are closed, the largest first. Each is the published
 * formula of a venue; they differ in what they count as leverage. Pure functions of one position.
 */

/** A position as a rank sees it; money in quanta, all of it at the mark. */
export interface RankedPosition {
  /** Unrealised profit. */
  profit: number;
  /** Equity without that profit: what the trader put in, and has realised. */
  collateral: number;
  equity: number;
  /** |lots| · mark. */
  notional: number;
  /** What the open lots cost, unsigned: |lots| · entry price. */
  cost: number;
  /** Maintenance requirement. */
  maintenance: number;
}

export interface Rank {
  readonly name: string;
  /** One sentence that says its formula. */
  readonly about: string;
  readonly source: string;
  of(position: RankedPosition): number;
}

/** Dividing by nothing: first in the queue. */
const FIRST = Number.MAX_VALUE;

function ratio(above: number, below: number): number {
  return below > 0 ? above / below : FIRST;
}

/** A product of two ratios that stays finite. */
function times(a: number, b: number): number {
  const product = a * b;
  return product < FIRST ? product : FIRST;
}

export const binance: Rank = {
  name: 'binance',
  about: 'Unrealised profit / collateral × margin ratio, which is maintenance / equity.',
  source: 'Binance FAQ 360033525471, What is auto-deleveraging: LeveragePnL',
  of: ({ profit, collateral, maintenance, equity }) =>
    times(ratio(profit, collateral), ratio(maintenance, equity)),
};

export const bitmex: Rank = {
  name: 'bitmex',
  about: 'Profit / entry value × effective leverage, which is mark value / (mark value − bankrupt value).',
  source: 'BitMEX support 18589621443357, What is auto-deleveraging; Bybit and MEXC publish the same',
  // At the bankrupt value equity is zero: mark value − bankrupt value is the equity.
  of: ({ profit, cost, notional, equity }) => times(ratio(profit, cost), ratio(notional, equity)),
};

export const hyperliquid: Rank = {
  name: 'hyperliquid',
  about: 'Mark / entry × notional / equity, as published: for a short the first factor falls as it profits.',
  source: 'Hyperliquid documentation, Auto-deleveraging',
  // notional / cost is mark / entry: the lots cancel.
  of: ({ notional, cost, equity }) => times(ratio(notional, cost), ratio(notional, equity)),
};

export const profit: Rank = {
  name: 'profit',
  about: 'Unrealised profit in money.',
  source: 'the plain queue that the others refine',
  of: (position) => position.profit,
};

export const leverage: Rank = {
  name: 'leverage',
  about: 'Notional / equity.',
  source: 'the other factor of the published ranks, alone',
  of: ({ notional, equity }) => ratio(notional, equity),
};

export const ranks: readonly Rank[] = [binance, bitmex, hyperliquid, profit, leverage];

/** The rank of that name; undefined if there is none. */
export function rankNamed(name: string): Rank | undefined {
  return ranks.find((rank) => rank.name === name);
}
