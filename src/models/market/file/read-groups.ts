/** The groups of an experiment's population, each at the venues at which it is registered. */
import { ConfigError } from '../../../core/errors.ts';
import type { Problems } from '../../../experiment/problems.ts';
import type { Units } from '../../../experiment/quantity.ts';
import { purseOwners } from '../../../sim/scenario/purses.ts';
import { checkedAssets } from './collateral.ts';
import type { Group, WrittenGroup } from './population.ts';
import { groupNames, readGroup } from './population.ts';
import type { ReadVenue } from './venues.ts';
import { venueNumber } from './venue-number.ts';

export function readGroups(
  written: readonly WrittenGroup[],
  venues: readonly ReadVenue[],
  unitsAt: (venue: number, instrument: number) => Units,
  problems: Problems,
): Group[] {
  const places = written.map(
    (group, i) => problems.attempt(['population', i], () => placesOf(group, venues)) ?? [[0]],
  );
  const names = groupNames(
    written,
    places.map((each) => each.flat()),
  );
  refuseTwins(names, places, problems);
  // Depth is that of a book, and which assets there are says the market, too.
  const isMarketKnown = !problems.has(['market']);
  const sized = ({ open_interest, ...group }: WrittenGroup): WrittenGroup =>
    isMarketKnown && open_interest !== undefined ? { ...group, open_interest } : group;
  const entries = written.flatMap((group, i) => places[i]!.map((at) => ({ group, i, at })));
  const groups = entries.flatMap(({ group, i, at }): (Group & { entry: number })[] => {
    const home = at[0]!;
    const { instruments, assets } = venues[home]!;
    const found = problems.attempt(['population', i], () => {
      const read = readGroup(
        sized(group),
        names[i]!,
        instruments,
        (instrument) => unitsAt(home, instrument),
        (path, work) => problems.attempt(['population', i, ...path], work),
      );
      return isMarketKnown ? checkedAssets(read, assets) : read;
    });
    if (found === undefined) return [];
    return [{ ...found, ...(venues.length === 1 ? {} : { venues: at }), entry: i }];
  });
  if (!problems.has(['population'])) {
    problems.attempt(['population'], () => {
      try {
        purseOwners(groups);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        const [group, ...rest] = error.path as [number, ...(string | number)[]];
        throw new ConfigError([groups[group]!.entry, ...rest], error.message);
      }
    });
  }
  return groups.filter(({ count }) => count > 0).map(({ entry: _, ...group }) => group);
}

/**
 * The venues at which a group is registered, its home first; one entry for each group that it stands for: with no venue
 * named it is at each that lists its instrument, with traders of their own. Throws ConfigError, its path from the group.
 */
function placesOf(group: WrittenGroup, venues: readonly ReadVenue[]): number[][] {
  const { venue, venues: several, instrument } = group;
  if (venue !== undefined && several !== undefined)
    throw new ConfigError(['venues'], 'there is a venue already; keep one of the two');
  if (venue !== undefined) return [[venueNumber(venues, venue, ['venue'])]];
  if (several !== undefined) {
    const at = several.map((name, i) => venueNumber(venues, name, ['venues', i]));
    const twice = at.findIndex((number, i) => at.indexOf(number) < i);
    if (twice >= 0) throw new ConfigError(['venues', twice], `${several[twice]!} is named already`);
    return [at];
  }
  const lists = ({ instruments }: ReadVenue): boolean =>
    instrument === undefined || instruments.some(({ name }) => name === instrument);
  const all = venues.map((_, v) => v).filter((v) => lists(venues[v]!));
  return all.length === 0 ? [[0]] : all.map((v) => [v]); // the first tells that there is no such instrument
}

/** Names are luck: two groups of one name that meet at a venue would be the same traders twice. */
function refuseTwins(names: readonly string[], places: readonly number[][][], problems: Problems): void {
  names.forEach((name, i) => {
    const own = places[i]!.flat();
    const first = names.findIndex(
      (other, j) => other === name && places[j]!.flat().some((v) => own.includes(v)),
    );
    if (first === i) return;
    problems.attempt(['population', i], () => {
      throw new ConfigError(['name'], `${name} is the name of entry ${first} already`);
    });
  });
}
