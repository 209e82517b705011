/** A reason for care with the numbers of a cell, in one line. */
export interface Caveat {
  readonly kind:
    'lost' | 'time' | 'few_runs' | 'nothing_happened' | 'wide' | 'left_out' | 'law_refused' | 'own_money';
  readonly text: string;
  /** True: the cell gives no verdict which policy is better. */
  readonly withholds: boolean;
}
