/** What a shock can do at a venue. */
import { SHOCK as SHOCK_ACCOUNT } from '../../clearing/schema.ts';
import type { ShockActions } from '../shocks/shock.ts';
import type { Venue } from './venue.ts';

/** `crowd`: sends traders to sleep. */
export function shockActionsAt(
  venue: Venue,
  crowd: { suspend(venue: number, kind: string, duration_us: number): void },
): ShockActions {
  const { prices } = venue.tables;
  return {
    reference: (instrument) => prices.reference[instrument]!,
    lotValue: (instrument, price) => venue.ledger.contracts.notional(instrument, 1, price),
    trade: (instrument, lots) => {
      venue.commands.market(SHOCK_ACCOUNT, instrument, lots, 0);
    },
    jump: (instrument, change) => {
      venue.outside.jumpIndex(instrument, change);
    },
    suspend: (kind, duration_us) => {
      crowd.suspend(venue.number, kind, duration_us);
    },
  };
}
