/**
 * The search as a conversation, a JSON document a line, so that another program can do either half of it: `evaluate` runs
 * points for an optimiser elsewhere, `ask` and `tell` lend the optimiser to a simulator elsewhere.
 */
import { ConfigError } from '../../core/errors.ts';
import type { Estimate } from '../../stats/estimate.ts';
import type { Evaluator } from '../points/evaluate.ts';
import { PointError } from '../points/evaluate.ts';
import type { Point } from '../points/space.ts';
import { checkPoint } from '../points/space.ts';
import { frontOf } from './front.ts';
import { estimateOf, valuesOf } from './objectives.ts';
import type { Search } from './search.ts';
import type { Evaluated, TuneSetup } from './setup.ts';

type Json = Readonly<Record<string, unknown>>;

const VERBS = ['ask', 'tell', 'evaluate', 'frontier'] as const;

/** Most points or runs that a line may ask for: a slip of the pen must not keep the machine busy for days. */
const MOST = 100_000;

export class TuneSession {
  readonly #setup: TuneSetup;
  readonly #evaluator: Evaluator;
  readonly #search: Search;

  constructor(setup: TuneSetup, evaluator: Evaluator) {
    this.#setup = setup;
    this.#evaluator = evaluator;
    this.#search = setup.search();
  }

  /** The first line: what may be changed, and what is wanted. */
  greeting(): Json {
    const { space, objectives, policy, experiment } = this.#setup;
    const named = (better: 'less' | 'more') =>
      objectives.filter((one) => one.better === better).map(({ metric }) => metric);
    return {
      experiment: experiment.name,
      question: experiment.question,
      policy,
      parameters: space,
      minimise: named('less'),
      maximise: named('more'),
      runs: experiment.runs,
      seed: experiment.seed,
    };
  }

  /** The answer to a line; what is wrong with it is an answer, too. */
  async answer(line: string): Promise<Json> {
    try {
      const message = parsed(line);
      if ('ask' in message) return { points: this.#search.ask(count('ask', message['ask'])) };
      if ('tell' in message) return { told: this.#tell(list('tell', message['tell'])) };
      if ('evaluate' in message) return { results: await this.#evaluate(message) };
      return { frontier: this.#frontier() };
    } catch (error) {
      if (error instanceof ConfigError) return { error: error.describe() };
      throw error;
    }
  }

  #tell(results: readonly unknown[]): number {
    const told = results.map((one) => {
      const { point, objectives } = (one ?? {}) as Json;
      const values = (objectives ?? {}) as Readonly<Record<string, unknown>>;
      const estimates = this.#setup.objectives.map(({ metric }): Estimate => {
        const value = numberOf(values[metric]);
        if (value === undefined) throw new ConfigError(['tell', 'objectives', metric], 'needs a number');
        return { value, low: NaN, high: NaN };
      });
      return {
        point: checkPoint(this.#setup.space, point),
        values: valuesOf(estimates, this.#setup.objectives),
      };
    });
    for (const one of told) this.#search.tell(one);
    return told.length;
  }

  async #evaluate(message: Json): Promise<Json[]> {
    const points = list('evaluate', message['evaluate']).map((one) => checkPoint(this.#setup.space, one));
    const { seed, runs } = message;
    if (seed !== undefined && typeof seed !== 'string') throw new ConfigError(['seed'], 'needs a text');
    const options = { seed, runs: runs === undefined ? undefined : count('runs', runs) };
    const results = await this.#setup.evaluate(this.#evaluator, points, options);
    return points.map((point, i) => {
      const result = results[i]!;
      if (result instanceof PointError) return { point, error: result.message };
      const own = seed === undefined && runs === undefined; // other seeds are no part of this search
      return this.#reported(point, result, own);
    });
  }

  #reported(point: Point, { cells, lost }: Evaluated, tell: boolean): Json {
    const { objectives } = this.#setup;
    const estimates = objectives.map((objective) => estimateOf(cells, objective));
    if (tell) this.#search.tell({ point, values: valuesOf(estimates, objectives) });
    return {
      point,
      objectives: Object.fromEntries(objectives.map(({ metric }, i) => [metric, estimates[i]!])),
      cells: cells.map(({ labels, metrics }) => ({ labels, metrics })),
      ...(lost.length === 0 ? {} : { failures: lost }),
    };
  }

  #frontier(): Json[] {
    return frontOf(this.#search.told).map(({ point, values }) => ({
      point,
      objectives: Object.fromEntries(
        this.#setup.objectives.map(({ metric, better }, i) => [
          metric,
          better === 'less' ? values[i]! : 0 - values[i]!,
        ]),
      ),
    }));
  }
}

function parsed(line: string): Json {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch (error) {
    throw new ConfigError([], `not valid JSON: ${(error as Error).message}`);
  }
  const known = typeof message === 'object' && message !== null && VERBS.some((verb) => verb in message);
  if (!known) throw new ConfigError([], `needs one of ${VERBS.join(', ')}`);
  return message as Json;
}

function count(what: string, value: unknown): number {
  if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST) return value as number;
  throw new ConfigError([what], `needs a whole number from 1 to ${MOST}`);
}

function list(what: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value) && value.length <= MOST) return value as unknown[];
  throw new ConfigError([what], 'needs a list');
}

/** A number, or an estimate as `evaluate` gives it. */
function numberOf(value: unknown): number | undefined {
  const one = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
  return typeof one === 'number' ? one : undefined;
}
