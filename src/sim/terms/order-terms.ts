/** Flags and end of an order in one number: what an event has room for. */
const FLAGS = 256;

/** Flags of an order (`how` of the exchange, below 256) and the time (µs) at which it ends, 0 for never, in one number. */
export function packTerms(how: number, until: number): number {
  return until * FLAGS + how;
}

export function howOf(terms: number): number {
  return terms % FLAGS;
}

export function untilOf(terms: number): number {
  return Math.floor(terms / FLAGS);
}
