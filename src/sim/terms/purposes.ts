/**
 * What a random stream is for: with a name's hash and the agent's number, its address. Parameters of traders have a purpose
 * each, the hash of their name, which is far from these numbers in all but one of 2³² cases.
 */
export const PURPOSE = {
  clock: 1,
  birth: 2,
  wake: 3,
  index: 4,
  asset: 5,
  activity: 6,
  commonFactor: 7,
  /** … and the number of the call. */
  call: 1000,
  /** … and the number of the auction. */
  bid: 1_000_000_000,
} as const;
