/** What the market is at each venue: instruments with their books, assets, delays. All others refer to it. */
import type { z } from 'zod';
import { ConfigError } from '../../../core/errors.ts';
import type { Reading } from '../../../experiment/experiment.ts';
import type { Problems } from '../../../experiment/problems.ts';
import type { Units } from '../../../experiment/quantity.ts';
import type { Path } from '../../../experiment/source.ts';
import type { collateralSchema } from './collateral.ts';
import { readAsset } from './collateral.ts';
import { contractTerms } from './contract.ts';
import type { Instrument, WrittenInstrument } from './instruments.ts';
import { quantaPerUnit, readInstrument, readSteps, unitsOf, withoutBook } from './instruments.ts';
import type { latencySchema } from './latency.ts';
import { latencyUnder, readLatency } from './latency.ts';
import { readTrading } from './trading.ts';
import type { Listing, ReadVenue, WrittenVenues } from './venues.ts';
import { listingsOf } from './venues.ts';

interface Written {
  readonly money: string;
  readonly instruments: readonly WrittenInstrument[];
  readonly collateral: z.output<typeof collateralSchema>;
  readonly latency: z.output<typeof latencySchema>;
  readonly venues?: WrittenVenues | undefined;
}

export interface ReadMarket {
  readonly quanta: number;
  readonly venues: readonly ReadVenue[];
  /** Units of an instrument of a venue. */
  readonly unitsAt: (venue: number, instrument: number) => Units;
}

const INSTRUMENTS: Path = ['market', 'instruments'];
const COLLATERAL: Path = ['market', 'collateral'];

/** undefined if something is wrong with what all others need. */
export function readMarket(written: Written, { problems, files }: Reading): ReadMarket | undefined {
  const { money, instruments: list, collateral } = written;
  const steps = problems.each(INSTRUMENTS, list, (one) => readSteps(one, money));
  const assetSteps = problems.each(COLLATERAL, collateral, (one) => readSteps(one, money));
  refuseTwins(
    INSTRUMENTS,
    list.map(({ name }) => name),
    problems,
  );
  refuseTwins(
    COLLATERAL,
    [...list, ...collateral].map(({ name }) => name),
    problems,
    list.length,
  );
  const areUnitsKnown = !problems.has(
    ['market', 'money'],
    ['market', 'venues'],
    ...list.map((_, i) => [...INSTRUMENTS, i, 'lot']),
  );
  if (!areUnitsKnown || steps.length < list.length || assetSteps.length < collateral.length) return undefined;
  const quanta = problems.attempt(INSTRUMENTS, () => quantaPerUnit([...steps, ...assetSteps]));
  if (quanta === undefined) return undefined;
  const terms = problems.each(INSTRUMENTS, list, (one, i) =>
    contractTerms(one.contract, steps[i]!, quanta, money),
  );
  if (terms.length < list.length) return undefined;
  const read = (one: WrittenInstrument, i: number): Instrument =>
    readInstrument(one, steps[i]!, money, quanta, files);
  const judged = (path: (inside: Path) => Path, one: WrittenInstrument, i: number): Instrument => {
    // Whatever is wrong with a book, the rest can be judged by what is known of the instrument.
    const found = attemptAt(problems, path, () => read(one, i)) ?? withoutBook(one, steps[i]!, money, quanta);
    // Each by itself first: what is wrong with it is then told where it was written.
    attemptAt(problems, path, () => readTrading(found.trading, unitsOf(money, quanta, steps[i])));
    return found;
  };
  const instruments = list.map((one, i) => judged((inside) => [...INSTRUMENTS, i, ...inside], one, i));
  const latency = readLatency(written.latency);
  const places = placesOf(written.venues, list, problems);
  if (places === undefined) return undefined;
  const venues = places.map(({ name, listings, changes }): ReadVenue => {
    const own = listings.map(({ number, written: one, isPlain, pathOf }) =>
      isPlain ? instruments[number]! : judged(pathOf, one, number),
    );
    return {
      name,
      numbers: listings.map(({ number }) => number),
      instruments: own,
      assets: problems.each(COLLATERAL, collateral, (one, i) =>
        readAsset(one, assetSteps[i]!, money, quanta, own),
      ),
      latency: latencyUnder(latency, changes),
    };
  });
  return {
    quanta,
    venues,
    unitsAt: (venue, instrument) => unitsOf(money, quanta, steps[venues[venue]!.numbers[instrument]!]),
  };
}

interface Place {
  readonly name: string;
  readonly listings: readonly Listing[];
  readonly changes?: WrittenVenues[string]['latency'];
}

/** What each venue lists; undefined if something is wrong with it. */
function placesOf(
  written: WrittenVenues | undefined,
  list: readonly WrittenInstrument[],
  problems: Problems,
): Place[] | undefined {
  if (written === undefined) {
    const listings = list.map((one, number): Listing => ({
      number,
      written: one,
      isPlain: true,
      pathOf: (inside) => inside,
    }));
    return [{ name: '', listings }];
  }
  const places = Object.entries(written).map(([name, venue]) => {
    const listings = problems.attempt([], () => listingsOf(name, venue, list)) ?? [];
    return { name, listings, changes: venue.latency };
  });
  return places.every(({ listings }) => listings.length > 0) ? places : undefined;
}

/** As Problems.attempt, with a path that depends on where below it something is wrong. */
export function attemptAt<T>(
  problems: Problems,
  pathOf: (inside: Path) => Path,
  work: () => T,
): T | undefined {
  return problems.attempt([], () => {
    try {
      return work();
    } catch (error) {
      if (error instanceof ConfigError) throw new ConfigError(pathOf(error.path), error.message);
      throw error;
    }
  });
}

/** `before`: how many of the names stand elsewhere, before the list at `path`. */
function refuseTwins(path: Path, names: readonly string[], problems: Problems, before = 0): void {
  names.forEach((name, i) => {
    const first = names.indexOf(name);
    if (first === i || i < before) return;
    problems.attempt([...path, i - before], () => {
      throw new ConfigError(
        ['name'],
        `${name} is the name of ${first < before ? 'an instrument' : `entry ${first - before}`} already`,
      );
    });
  });
}
