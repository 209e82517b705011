/** Sizes of pools that were too small. */

/** Pools are not enlarged beyond this many rows: what asks for more has no end. */
const MOST_ROWS = 4_194_304;

/** Sizes with twice the rows that a setting (`capacity.calls`) gives; undefined: it has as many as it may get. */
export function enlarged<C extends Readonly<Record<string, number>>>(
  sizes: C,
  setting: string,
): C | undefined {
  const name = setting.replace(/^capacity\./, '');
  const rows = sizes[name];
  if (rows === undefined || rows >= MOST_ROWS) return undefined;
  return { ...sizes, [name]: Math.min(2 * rows, MOST_ROWS) };
}
