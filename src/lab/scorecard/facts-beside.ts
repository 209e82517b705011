/**
 * Facts beside the results of an experiment: how far its market behaves as real ones do before anything is done to it. From a
 * few short runs, by the functions of `unwind facts`; what so little cannot tell is left open, and not counted as held.
 */
import type { Experiment } from '../../models/experiment.ts';
import type { NeededRunsOptions } from '../work/needed-runs.ts';
import { neededRuns } from '../work/needed-runs.ts';
import { readThrown } from '../work/thrown.ts';
import { Stopped } from '../store/unfinished.ts';
import type { Scorecard } from './facts.ts';
import { scorecard } from './facts.ts';
import type { JudgedFact } from '../../scorecard/facts/judge.ts';
import type { Observed } from '../../scorecard/facts/observe.ts';
import type { FactsBeside, NoFacts, Verdict } from '../../scorecard/facts/stood-beside.ts';

/** Undefined of experiments that do not ask for it. Throws Stopped at the signal. */
export async function factsBeside(
  experiment: Experiment,
  options: Omit<NeededRunsOptions, 'onProgress'>,
): Promise<FactsBeside | NoFacts | undefined> {
  if (experiment.model !== 'market' && experiment.model !== 'rare_market') return undefined;
  const { facts, policies, seed, venues } = experiment;
  if (facts === undefined) return undefined;
  const short = { ...experiment, until_us: facts.for, runs: Math.min(facts.runs, experiment.runs) };
  try {
    const runs = await neededRuns<Observed>('facts', short, { ...options, onProgress() {} });
    return besideOf(Object.keys(policies)[0]!, scorecard({ seed, until_us: facts.for, venues }, runs));
  } catch (error) {
    if (error instanceof Stopped) throw error;
    return { failed: readThrown(error).message };
  }
}

export function besideOf(policy: string, { venue, runs, judged_s, facts, unjudged }: Scorecard): FactsBeside {
  return {
    policy: venue === undefined ? policy : `${policy} at ${venue}`,
    runs,
    judged_s,
    facts: facts.map((fact) => {
      const { name, format, range, value } = fact;
      return { name, format, range, value, verdict: verdictOf(fact) };
    }),
    unjudged: unjudged.map(({ name }) => name),
  };
}

/** A share of time in the worst run has no interval, and needs none. */
function verdictOf({ holds, kind, range, value: { value, low, high } }: JudgedFact): Verdict {
  if (holds) return 'holds';
  if (kind === 'worst') return Number.isNaN(value) ? 'open' : 'refuted';
  return high < range.low || low > range.high ? 'refuted' : 'open';
}
