/**
 * The liquidation map: what would break, and what stands against it, per 1 % of price away from the mark.
 *
 * For each step the notional of positions whose trigger lies there, and the book's depth there. Their ratio is the local
 * branching ratio m = ρ·q/k of the solvable cascade: near and above 1, liquidations feed themselves through that step.
 */
import { BUY, SELL } from '../../market/book.ts';
import { openInterestOf } from '../venue/market-for-margin.ts';
import type { Venue } from '../venue/venue.ts';

const MAP_STEPS = 10;

/** One step: prices between `percent − 1` and `percent` per cent from the mark, on one side. */
export interface MapStep {
  readonly instrument: number;
  readonly side: 'below' | 'above';
  /** Far edge of the step, per cent of the mark. */
  readonly percent: number;
  /** Quanta, valued at the mark. */
  readonly breaking: number;
  /** Quanta, valued at the orders' prices. */
  readonly depth: number;
}

/** The map of all instruments now: ten steps below and ten above each mark. */
export function liquidationMap(venue: Venue): MapStep[] {
  const { ledger, book, house } = venue;
  const { triggers } = house;
  const steps: MapStep[] = [];
  for (let instrument = 0; instrument < ledger.instruments; instrument++) {
    const mark = ledger.marks[instrument]!;
    const { contracts } = ledger;
    for (const side of [BUY, SELL] as const) {
      const line = 2 * instrument + side; // bids and longs' triggers below; asks and shorts' above
      const breaking = new Float64Array(MAP_STEPS);
      const depth = new Float64Array(MAP_STEPS);
      const stepOf = (key: number): number => {
        const away = side === BUY ? mark - (key ^ -side) : (key ^ -side) - mark;
        return away <= 0 ? 0 : Math.ceil((away * 100) / mark) - 1;
      };
      triggers.ladder.forEach(line, (node, key) => {
        const step = stepOf(key);
        const lots = ledger.position(triggers.accountOf(node), instrument);
        // A long whose call a rise may bring does not buy there.
        if (step < MAP_STEPS && lots > 0 === (side === BUY))
          breaking[step]! += contracts.notional(instrument, Math.abs(lots), mark);
      });
      book.ladder.forEach(line, (order, key) => {
        const step = stepOf(key);
        if (step < MAP_STEPS)
          depth[step]! += contracts.notional(instrument, book.orders.lots(order), key ^ -side);
      });
      for (let step = 0; step < MAP_STEPS; step++) {
        steps.push({
          instrument,
          side: side === BUY ? 'below' : 'above',
          percent: step + 1,
          breaking: breaking[step]!,
          depth: depth[step]!,
        });
      }
    }
  }
  return steps;
}

/** Open interest of an instrument, lots. */
export function openInterest(venue: Venue, instrument: number): number {
  return openInterestOf(venue.ledger, instrument);
}
