/** What a reader may turn while looking on. */
export interface Settings {
  /** Multiplies the leverage of every leveraged trader. */
  readonly leverage: number;
  /** Multiplies the positions that are open at the beginning. */
  readonly openInterest: number;
  /** Multiplies the first book, and the sizes of everybody who has no leverage. */
  readonly depth: number;
  /** Multiplies the size of the shock: money of a sale, or the change of a price. */
  readonly shock: number;
  /** Name of a ladder for every policy; '' : each policy's own. */
  readonly ladder: string;
}

export const AS_WRITTEN: Settings = { leverage: 1, openInterest: 1, depth: 1, shock: 1, ladder: '' };
