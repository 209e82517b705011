/** A reason for care with the numbers of a cell, in one line. */
export interface Caveat {
  readonly kind:
    'lost' | 'time' | 'few_runs' | 'nothing_happened' | 'wide' | 'left_out' | 'law_refused' | 'own_money';
  readonly text: string;
  /** The metric that it is of, and what that is called; left out where it is of all of them. */
  readonly of?: { readonly metric: string; readonly title: string };
  /** True: the cell gives no verdict which policy is better. */
  readonly withholds: boolean;
}
