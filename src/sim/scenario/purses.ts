/**
 * Purses: what a trader has outside of its positions, and beside them at the venue. Traders with isolated positions have an
 * account for each, with a margin balance of its own, and one purse for all of them: agents of a group may be the same
 * traders as those of another group, in order.
 */
import { ConfigError } from '../../core/errors.ts';
import type { Layout } from './layout.ts';
import type { GroupSpec, Scenario } from './scenario.ts';
import { registeredAt } from './scenario.ts';

type TradersOf = Pick<GroupSpec, 'name' | 'count' | 'sameTradersAs' | 'venues'>;

/** By account of a venue: the account whose reserve and free balance it uses; undefined: its own, of everybody. */
export function pursesAt({ groups }: Scenario, { places }: Layout, venue: number): Int32Array | undefined {
  const owners = purseOwners(groups);
  if (owners.every((owner) => owner < 0)) return undefined;
  const purses = Int32Array.from({ length: places.accounts[venue]! }, (_, account) => account);
  groups.forEach((group, g) => {
    const owner = owners[g]!;
    if (owner < 0 || !registeredAt(group).includes(venue)) return;
    const [first, owned] = [places.firstAccounts[g]!, places.firstAccounts[owner]!];
    for (let agent = 0; agent < group.count; agent++) purses[first + agent] = owned + agent;
  });
  return purses;
}

/** By group: the group whose traders its own are; −1: its own. Throws ConfigError, its path from the list of groups. */
export function purseOwners(groups: readonly TradersOf[]): number[] {
  return groups.map((_, i) => ownerOf(groups, i));
}

function ownerOf(groups: readonly TradersOf[], i: number): number {
  const group = groups[i]!;
  const { sameTradersAs, count } = group;
  if (sameTradersAs === undefined) return -1;
  const refuse = (message: string): never => {
    throw new ConfigError([i, 'same_traders_as'], message);
  };
  const owner = groups.findIndex((other) => other.name === sameTradersAs && meets(other, group));
  if (owner < 0 || owner === i) return refuse(`there is no other group ${sameTradersAs}`);
  const { count: owners, sameTradersAs: further } = groups[owner]!;
  if (further !== undefined)
    return refuse(`${sameTradersAs} are themselves those of ${further}: name that group`);
  if (owners < count) return refuse(`${sameTradersAs} has ${owners} traders, which is less than ${count}`);
  return owner;
}

/** True if two groups are registered at the same venues. */
function meets(a: TradersOf, b: TradersOf): boolean {
  const [at, of] = [registeredAt(a), registeredAt(b)];
  return at.length === of.length && at.every((venue, i) => venue === of[i]);
}
