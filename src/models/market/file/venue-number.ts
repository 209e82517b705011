/** Who names a venue means one that there is. */
import { ConfigError } from '../../../core/errors.ts';
import { suggestion } from '../../../experiment/nearest.ts';
import type { Path } from '../../../experiment/source.ts';

/** The number of a venue by its name. Throws ConfigError at `path`. */
export function venueNumber(venues: readonly { readonly name: string }[], name: string, path: Path): number {
  const number = venues.findIndex((one) => one.name === name);
  if (number >= 0) return number;
  const known = venues.map((one) => one.name).filter((one) => one !== '');
  const remedy =
    known.length === 0 ? 'name venues in market.venues first, { A: {}, B: {} }' : suggestion(name, known);
  throw new ConfigError(path, `there is no venue ${name}; ${remedy}`);
}
