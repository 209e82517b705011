/** What a run came to, in a few columns of the table `runs`. */

/** Columns of the table `runs` that tell what a run came to. */
export const OUTCOME_COLUMNS = ['systemic', 'accounts', 'share', 'drop', 'generations'] as const;

export type Outcome = Readonly<Record<(typeof OUTCOME_COLUMNS)[number], number>>;
