/** How wide text may be. */

/** Narrower terminals show what 80 columns hold. */
const LEAST = 80;
/** Of a pipe or a file, which says no width. */
const UNKNOWN = 120;

/** Columns of a terminal, as far as tables are made for it. */
export function widthOf(stream: { readonly isTTY?: boolean; readonly columns?: number }): number {
  return stream.isTTY === true ? Math.max(LEAST, stream.columns ?? LEAST) : UNKNOWN;
}
