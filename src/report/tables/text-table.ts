/** A table of texts: what a page, a file and a paper make of results alike. */
export interface TextTable {
  /** What it is of. */
  readonly title: string;
  /** Lines of a head are kept apart, for who has room for both. */
  readonly heads: readonly string[];
  /** The first cell names the row; an interval stands on a second line. */
  readonly rows: readonly (readonly string[])[];
}
