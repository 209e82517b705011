/**
 * Purses: what a trader has outside of its positions, and beside them at the venue. Traders with isolated positions have an
 * account for each, with a margin balance of its own, and one purse for all of them: agents of a group may be the same
 * traders as those of another group, in order.
 */
import { FIRST_TRADER } from '../../clearing/schema.ts';
import { ConfigError } from '../../core/errors.ts';

interface TradersOf {
  readonly name: string;
  readonly count: number;
  /** Name of the group whose agents' purses these use. */
  readonly sameTradersAs?: string;
}

/** The account whose reserve and free balance each account uses, by account; undefined: its own, of everybody. */
export function pursesOf(groups: readonly TradersOf[]): Int32Array | undefined {
  if (groups.every(({ sameTradersAs }) => sameTradersAs === undefined)) return undefined;
  const firsts: number[] = [];
  let next = FIRST_TRADER;
  for (const { count } of groups) {
    firsts.push(next);
    next += count;
  }
  const purses = Int32Array.from({ length: next }, (_, account) => account);
  groups.forEach((group, i) => {
    const owner = ownerOf(groups, i);
    if (owner < 0) return;
    for (let agent = 0; agent < group.count; agent++) purses[firsts[i]! + agent] = firsts[owner]! + agent;
  });
  return purses;
}

/** The group that a group's traders are of; −1: its own. Throws ConfigError, its path from the list of groups. */
function ownerOf(groups: readonly TradersOf[], i: number): number {
  const { sameTradersAs, count } = groups[i]!;
  if (sameTradersAs === undefined) return -1;
  const refuse = (message: string): never => {
    throw new ConfigError([i, 'same_traders_as'], message);
  };
  const owner = groups.findIndex(({ name }) => name === sameTradersAs);
  if (owner < 0 || owner === i) return refuse(`there is no other group ${sameTradersAs}`);
  const { count: owners, sameTradersAs: further } = groups[owner]!;
  if (further !== undefined)
    return refuse(`${sameTradersAs} are themselves those of ${further}: name that group`);
  if (owners < count) return refuse(`${sameTradersAs} has ${owners} traders, which is less than ${count}`);
  return owner;
}
