/** Liquidated share: how much of the open interest has been sold by force. */
import { openInterest } from '../liquidation-map.ts';
import type { Venue } from '../../venue/venue.ts';
import type { Score } from './score.ts';

export const liquidated: Score = {
  name: 'liquidated',
  about: 'Notional of forced orders, as a share of the open interest that there was.',
  keeps: () => 2,
  begin(venue, kept) {
    kept[0] = interestValue(venue);
    kept[1] = venue.house.liquidationCount;
  },
  now({ house }, kept) {
    const { notional } = house.liquidations;
    const end = house.liquidationCount;
    let forced = 0;
    for (let row = kept[1]!; row < end; row++) forced += notional[row]!;
    return forced === 0 ? 0 : forced / kept[0]!;
  },
};

/** Open interest of all instruments at the marks, quanta. */
function interestValue(venue: Venue): number {
  const { ledger } = venue;
  let value = 0;
  for (let i = 0; i < ledger.instruments; i++)
    value += ledger.contracts.notional(i, openInterest(venue, i), ledger.marks[i]!);
  return value;
}
