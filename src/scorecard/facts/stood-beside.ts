/** What a results folder keeps of the facts that stand beside its results. */
import type { JudgedFact } from './judge.ts';

/** `open`: the value lies outside of the range, but its interval does not, or there is none. */
export type Verdict = 'holds' | 'refuted' | 'open';

export interface FactsBeside {
  readonly policy: string;
  readonly runs: number;
  readonly judged_s: number;
  readonly facts: readonly (Pick<JudgedFact, 'name' | 'format' | 'range' | 'value'> & {
    readonly verdict: Verdict;
  })[];
  /** Names of those that need longer runs. */
  readonly unjudged: readonly string[];
}

/** What kept the runs from an end, in a sentence: results stand without them. */
export interface NoFacts {
  readonly failed: string;
}
