/**
 * What a margin rule may see of the market. Clearing knows no order book: whoever runs the rules supplies this view, and
 * answers when asked, so that a rule that does not look costs nothing.
 */
export interface MarketView {
  /** Lots held long by accounts that must meet margin requirements, or short, whichever is more. Costs a pass. */
  openInterest(instrument: number): number;
  /** Lots resting within `within` (a share) of the mark on the side that has fewer of them. */
  depth(instrument: number, within: number): number;
}

/** A market without orders and positions. */
export const NO_MARKET: MarketView = { openInterest: () => 0, depth: () => 0 };
