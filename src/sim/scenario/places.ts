/**
 * Which accounts the traders of each group have. A trader has one account number, the same at all venues where it is
 * registered; groups that meet at no venue may have the same numbers, so that a venue's accounts are its own traders'.
 */
import { FIRST_TRADER } from '../../clearing/schema.ts';
import type { GroupSpec } from './scenario.ts';
import { registeredAt } from './scenario.ts';

export interface Places {
  /** By group: account of its first trader; the others follow it. */
  readonly firstAccounts: readonly number[];
  /** By group: number of its first agent among all agents of the world. */
  readonly firstAgents: readonly number[];
  /** By venue: accounts that it has, its own ones among them. */
  readonly accounts: readonly number[];
  /** All agents. */
  readonly agents: number;
}

/** Each group comes behind those that are registered at one of its venues already. */
export function placesOf(groups: readonly Pick<GroupSpec, 'count' | 'venues'>[], venues: number): Places {
  const accounts = Array.from({ length: venues }, () => FIRST_TRADER);
  const firstAccounts: number[] = [];
  const firstAgents: number[] = [];
  let agents = 0;
  for (const group of groups) {
    const at = registeredAt(group);
    const first = Math.max(...at.map((venue) => accounts[venue]!));
    firstAccounts.push(first);
    firstAgents.push(agents);
    for (const venue of at) accounts[venue] = first + group.count;
    agents += group.count;
  }
  return { firstAccounts, firstAgents, accounts, agents };
}
