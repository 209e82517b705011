/** Who bears a loss or takes a position over, in words. */
import {
  AUCTION,
  DEFAULT_FUND,
  FIRST_TRADER,
  INSURANCE,
  OWN_CAPITAL,
  VAULT,
  WRITTEN_OFF,
} from '../clearing/schema.ts';

const VENUE: ReadonlyMap<number, string> = new Map([
  [INSURANCE, 'the insurance fund'],
  [WRITTEN_OFF, 'nobody: it is written off'],
  [VAULT, 'the vault'],
  [OWN_CAPITAL, 'the venue’s own capital'],
  [DEFAULT_FUND, 'the default fund'],
]);

/** `the insurance fund`, `account 812` */
export function bearerName(account: number): string {
  return VENUE.get(account) ?? `account ${account}`;
}

/** What kind of a row of the log of losses it is: `the insurance fund bears a loss`, `traders take positions over`. */
export function kindOfLoss(account: number, lots: number, layer: number): string {
  if (account === WRITTEN_OFF) return 'a loss is borne by nobody';
  const who = account >= FIRST_TRADER ? 'a trader' : bearerName(account);
  if (lots === 0) return `${who} bears a loss`;
  return layer === AUCTION ? `${who} wins an auction` : `${who} takes a position over`;
}
