/**
 * Where two plays of one seed part: the first event after which anything that a trader could see differs. Two policies meet
 * the same luck, so that up to there they are one history.
 */
import type { Player } from './player.ts';

export interface Parting {
  /** Time of the first event that differs, µs. */
  readonly time_us: number;
  /** Events that each has handled when it has happened. */
  readonly events: readonly [number, number];
  /** What differs, in words. */
  readonly differs: readonly Difference[];
}

export interface Difference {
  readonly what: string;
  readonly values: readonly [number, number];
}

/** What of a world is compared. All but the prices only grow, so that a difference stays one. */
const SIGHTS: readonly { readonly what: string; readonly of: (player: Player) => number }[] = [
  { what: 'calls', of: ({ view }) => view.venue.house.callCount },
  { what: 'forced orders', of: ({ view }) => view.venue.house.liquidationCount },
  { what: 'losses shared out', of: ({ view }) => view.venue.house.losses.count },
  { what: 'trades', of: ({ view }) => view.venue.book.fills.count },
  { what: 'turns of traders', of: ({ simulation }) => simulation.wakes },
  { what: 'resting orders', of: ({ view }) => view.venue.book.restingOrders },
  { what: 'best bid, ticks', of: ({ view }) => view.venue.book.bestBid(view.instrument) },
  { what: 'best ask, ticks', of: ({ view }) => view.venue.book.bestAsk(view.instrument) },
  { what: 'mark, ticks', of: ({ view }) => view.venue.ledger.marks[view.instrument]! },
];

/**
 * Undefined where the two are one history to the end. Both players are moved, to just after that time. Found by halving
 * the time between two moments of the tracks, of which the first is the same in both.
 */
export function partingOf(a: Player, b: Player): Parting | undefined {
  const moment = firstDifference(a, b);
  if (moment === undefined) return undefined;
  let same = moment === 0 ? -1 : a.track.time_us[moment - 1]!;
  let other = a.track.time_us[moment]!;
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (differencesAt(a, b, middle).length > 0) other = middle;
    else same = middle;
  }
  const differs = differencesAt(a, b, other);
  return { time_us: other, events: [a.events, b.events], differs };
}

/** Number of the first moment of the tracks at which they differ. */
function firstDifference({ track: a }: Player, { track: b }: Player): number | undefined {
  const columns = ['middle', 'mark', 'bought', 'sold', 'calls', 'liquidations', 'bids', 'asks'] as const;
  for (let moment = 0; moment < a.time_us.length; moment++) {
    if (columns.some((name) => a[name][moment] !== b[name][moment])) return moment;
  }
  return undefined;
}

function differencesAt(a: Player, b: Player, time_us: number): Difference[] {
  a.seek(time_us);
  b.seek(time_us);
  return SIGHTS.flatMap(({ what, of }) => {
    const values = [of(a), of(b)] as const;
    return values[0] === values[1] ? [] : [{ what, values }];
  });
}
