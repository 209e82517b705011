/**
 * Venues of an experiment's market, `market.venues`: each has what the market has, but for what it changes. Without the block
 * there is one venue, and it has no name.
 */
import { z } from 'zod';
import { ConfigError } from '../../../core/errors.ts';
import { suggestion } from '../../../experiment/nearest.ts';
import type { Path } from '../../../experiment/source.ts';
import type { AssetSpec, Latency } from '../../../sim/scenario/scenario.ts';
import { changesOf } from './changes-of.ts';
import type { Instrument, WrittenInstrument } from './instruments.ts';
import { instrumentSchema } from './instruments.ts';
import { latencyChangesSchema } from './latency.ts';

type Changes = Partial<WrittenInstrument>;

const { name: _name, tick: _tick, lot: _lot, contract: _contract, ...changeable } = instrumentSchema.shape;

export const venuesSchema = z
  .record(
    z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9]*$/, { error: 'a venue’s name is a letter, then letters and digits' }),
    z.strictObject({
      lists: z
        .array(z.string())
        .min(1)
        .optional()
        .describe('Names of the instruments that are traded there; all if left out.'),
      instruments: z
        .record(z.string(), changesOf<WrittenInstrument>(changeable))
        .default({})
        .describe('What is different of an instrument there, by its name: book, price, mark, fees, …'),
      latency: latencyChangesSchema.describe('Changes to market.latency.'),
    }),
  )
  .refine((venues) => Object.keys(venues).length > 0, 'needs at least one venue')
  .describe(
    'Venues by name, { A: {}, B: {} }: each has an exchange, a fund and books of its own. Groups and shocks that name no ' +
      'venue are at each of them.',
  );

export type WrittenVenues = z.output<typeof venuesSchema>;

/** A venue as it is read. */
export interface ReadVenue {
  /** '' for the only one. */
  readonly name: string;
  /** Of each instrument there, its place in `market.instruments`. */
  readonly numbers: readonly number[];
  readonly instruments: readonly Instrument[];
  readonly assets: readonly AssetSpec[];
  readonly latency: Latency;
}

/** One listing: the instrument as written there, and where its keys stand. */
export interface Listing {
  readonly number: number;
  readonly written: WrittenInstrument;
  /** True if it is the market's own in all things. */
  readonly isPlain: boolean;
  /** Path of what is below the instrument. */
  readonly pathOf: (inside: Path) => Path;
}

/** What a venue lists. Throws ConfigError with the path from the file's top. */
export function listingsOf(
  venue: string,
  { lists, instruments: changes }: WrittenVenues[string],
  all: readonly WrittenInstrument[],
): Listing[] {
  const above: Path = ['market', 'venues', venue];
  const names = all.map(({ name }) => name);
  const numberOf = (name: string, path: Path): number => {
    const number = names.indexOf(name);
    if (number >= 0) return number;
    throw new ConfigError(path, `there is no instrument ${name}; ${suggestion(name, names)}`);
  };
  const numbers = lists?.map((name, i) => numberOf(name, [...above, 'lists', i])) ?? names.map((_, i) => i);
  numbers.forEach((number, i) => {
    if (numbers.indexOf(number) < i)
      throw new ConfigError([...above, 'lists', i], `${names[number]!} is listed already`);
  });
  for (const name of Object.keys(changes)) {
    if (numbers.includes(numberOf(name, [...above, 'instruments', name]))) continue;
    throw new ConfigError([...above, 'instruments', name], `${name} is not among what the venue lists`);
  }
  return numbers.map((number) => listing(above, all[number]!, number, changes));
}

function listing(
  above: Path,
  written: WrittenInstrument,
  number: number,
  all: Readonly<Record<string, Changes>>,
): Listing {
  const { name } = written;
  const changes = all[name];
  if (changes === undefined)
    return {
      number,
      written,
      isPlain: true,
      pathOf: (inside) => ['market', 'instruments', number, ...inside],
    };
  return {
    number,
    written: { ...written, ...changes },
    isPlain: false,
    pathOf: (inside) =>
      inside[0] === undefined || inside[0] in changes
        ? [...above, 'instruments', name, ...inside]
        : ['market', 'instruments', number, ...inside],
  };
}
