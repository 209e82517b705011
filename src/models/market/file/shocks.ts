/**
 * The shocks of an experiment. Any value may be a grid, `notional: { grid: [20e6, 60e6] }`; each combination
 * of the grids' values is a variant that every policy meets.
 */
import { z } from 'zod';
import { ConfigError } from '../../../core/errors.ts';
import { growing } from '../../../core/registry.ts';
import { shocks } from '../../../sim/shocks/index.ts';
import type { PlacedShock } from '../../../sim/scenario/scenario.ts';
import { suggestion } from '../../../experiment/nearest.ts';
import type { Path, Source } from '../../../experiment/source.ts';
import type { ShockSettings } from '../../../experiment/titles.ts';
import { shockTitle } from '../../../experiment/titles.ts';
import { instrumentNumber } from './population.ts';
import { venueNumber } from './venue-number.ts';

interface Grid {
  readonly grid: readonly unknown[];
}

function withGrid(schema: z.ZodType): z.ZodType {
  const grid = z.strictObject({ grid: z.array(schema).min(1).describe('One variant for each value.') });
  const { description } = schema;
  const both = z.union([schema, grid]);
  return description === undefined ? both : both.describe(description);
}

const venueName = z
  .string()
  .optional()
  .describe('Of several venues, the one that it comes to; if left out, each that lists the instrument.');

export const shockSchema = growing(() =>
  z.discriminatedUnion(
    'kind',
    shocks.all.map(({ name, about, settings }) => {
      const { shape } = settings as z.ZodObject;
      const gridded = Object.entries(shape).map(([key, schema]) => [key, withGrid(schema as z.ZodType)]);
      return z
        .strictObject({ kind: z.literal(name), ...Object.fromEntries(gridded), venue: venueName })
        .describe(about);
    }) as unknown as [z.ZodObject, ...z.ZodObject[]],
  ),
);

/** One combination of the grids' values; plain data. Labels and titles are unique. */
export interface ShockVariant {
  /** What tells it from the others: `notional=60e6`. */
  readonly label: string;
  /** In words: `sale of 60 M USDT in 30 s`. */
  readonly title: string;
  readonly shocks: readonly ShockSettings[];
}

interface Axis {
  readonly shock: number;
  readonly key: string;
  readonly values: readonly { readonly value: unknown; readonly written: string }[];
}

/** All variants, the last grid turning fastest. `pathOf`: where shock number i is written. */
export function shockVariants(
  written: readonly Readonly<Record<string, unknown>>[],
  pathOf: (shock: number) => Path,
  source: Source,
  money: string,
): ShockVariant[] {
  const axes = written.flatMap((shock, i) =>
    Object.entries(shock).flatMap(([key, value]): Axis[] => {
      if (!isGrid(value)) return [];
      const path = [...pathOf(i), key, 'grid'];
      const values = value.grid.map((one, n) => ({ value: one, written: source.written([...path, n])! }));
      values.forEach((one, n) => {
        if (values.findIndex((other) => other.value === one.value) === n) return;
        throw new ConfigError([...path, n], `the grid has ${one.written} twice`);
      });
      return [{ shock: i, key, values }];
    }),
  );
  const nameOf = ({ shock, key }: Axis) =>
    axes.some((other) => other.key === key && other.shock !== shock)
      ? `${String(written[shock]!['kind'])}[${shock}].${key}`
      : key;
  const variants = combinations(axes.map(({ values }) => values.length)).map((choice): ShockVariant => {
    const chosen = written.map((shock) => ({ ...shock }) as Record<string, unknown> & { kind: string });
    const labels = axes.map((axis, a) => {
      const { value, written: text } = axis.values[choice[a]!]!;
      chosen[axis.shock]![axis.key] = value;
      return `${nameOf(axis)}=${text}`;
    });
    const kinds = chosen.length === 0 ? 'no shock' : chosen.map(({ kind }) => kind).join(' + ');
    return {
      label: labels.length > 0 ? labels.join(', ') : kinds,
      title:
        chosen.length === 0
          ? 'no shock'
          : chosen.map((shock, i) => titleOf(shock, money, pathOf(i))).join(', '),
      shocks: chosen,
    };
  });
  // What a title does not tell, the label does.
  const titles = new Set(variants.map(({ title }) => title));
  if (titles.size === variants.length) return variants;
  return variants.map((variant) => ({ ...variant, title: `${variant.title} (${variant.label})` }));
}

/** Throws ConfigError where the shock's own title is none. */
function titleOf(shock: ShockSettings, money: string, path: Path): string {
  const { title } = shocks.get(shock.kind);
  if (title === undefined) return shockTitle(shock, money);
  const words = (settings: ShockSettings): string => {
    const written: unknown = title(settings, money);
    if (typeof written === 'string' && /^[^\n\r]*\S[^\n\r]*$/.test(written)) return written;
    throw new ConfigError(
      path,
      `the title of shock ${shock.kind} is ${JSON.stringify(written)}; it must be a line of text`,
    );
  };
  return shockTitle(shock, money, words);
}

function isGrid(value: unknown): value is Grid {
  return typeof value === 'object' && value !== null && 'grid' in value;
}

/** Every choice of one position in each of lists of these lengths. */
function combinations(lengths: readonly number[]): number[][] {
  return lengths.reduce<number[][]>(
    (all, length) => all.flatMap((one) => Array.from({ length }, (_, i) => [...one, i])),
    [[]],
  );
}

/**
 * Refuses a shock that the run cannot hold. Throws ConfigError, its path from the shock. `end`: of the run; it and the
 * kinds of trader may be unknown, as they are broken themselves.
 */
export function checkShock(
  shock: ShockSettings,
  end: { readonly until_us: number; readonly until: string } | undefined,
  groupKinds: readonly string[] | undefined,
  venues: readonly VenueInstruments[],
  quantaPerUnit: number,
): void {
  const start = placedShocks(shock, venues, quantaPerUnit)[0]!.at_us;
  const { over, agents: kind } = shock;
  if (end !== undefined) {
    const { until_us, until } = end;
    if (start >= until_us) throw new ConfigError(['at'], `is after the end of the run (until ${until})`);
    if (typeof over === 'number' && start + over > until_us)
      throw new ConfigError(['over'], `goes on after the end of the run (until ${until})`);
  }
  if (groupKinds !== undefined && typeof kind === 'string' && !groupKinds.includes(kind)) {
    throw new ConfigError(
      ['agents'],
      `there is no group of ${kind} in the population; ${suggestion(kind, groupKinds)}`,
    );
  }
}

/** What a shock must know of a venue. */
interface VenueInstruments {
  readonly name: string;
  readonly instruments: readonly { readonly name: string }[];
}

/** A shock at the venue that it names, or at each that lists its instrument. Throws ConfigError, its path from the shock. */
export function placedShocks(
  { kind, venue: name, ...settings }: ShockSettings,
  venues: readonly VenueInstruments[],
  quantaPerUnit: number,
): PlacedShock[] {
  const definition = shocks.get(kind);
  const { instrument } = settings;
  const lists = (venue: VenueInstruments): boolean =>
    typeof instrument !== 'string' || venue.instruments.some((one) => one.name === instrument);
  const all = venues.map((_, v) => v);
  const found =
    name === undefined
      ? all.filter((v) => lists(venues[v]!))
      : [venueNumber(venues, name as string, ['venue'])];
  const at = found.length > 0 ? found : [0]; // which tells that there is no such instrument
  return at.map((venue) => {
    const { instruments } = venues[venue]!;
    const context = { quantaPerUnit, instrument: (of?: string) => instrumentNumber(instruments, of) };
    const shock = definition.compile(settings, context);
    return { at_us: shock.at_us, step: (step, actions) => shock.step(step, actions), venue };
  });
}
