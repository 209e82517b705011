/**
 * How much each setting moves the results: a design over the settings' ranges, several runs at each point on the same seeds,
 * and of the outputs Sobol indices, with what is only replicate noise told apart.
 */
import { ConfigError } from '../../core/errors.ts';
import type { SobolIndices } from '../../stats/sobol.ts';
import { replicateNoise, sobolIndices } from '../../stats/sobol.ts';
import type { Replicates } from '../../stats/sobol-replicates.ts';
import { sobolOfReplicates } from '../../stats/sobol-replicates.ts';
import type { Evaluator } from '../design/evaluate.ts';
import { PointError } from '../design/evaluate.ts';
import { inBlock } from '../design/in-block.ts';
import { policyOf } from '../design/policy.ts';
import type { Parameter, Point } from '../design/space.ts';
import { pointAt, readSpace, setsOf } from '../design/space.ts';
import type { Experiment, SensitivityBlock } from '../experiment/index.ts';
import { modelOf } from '../models/index.ts';
import type { ColumnInfo, RunColumns } from '../models/model.ts';
import type { Place } from './points.ts';
import { indexDesign, plainPlaces } from './points.ts';

export interface OutputResult {
  readonly output: string;
  readonly unit: string;
  /** Mean of each point's runs, in the order of the points. */
  readonly means: readonly number[];
  /** Of the runs of a point, over the points: the variance of a mean about its expectation. NaN with one run a point. */
  readonly noise_variance: number;
  /** Undefined without indices; parameters in their order. */
  readonly indices?: SobolIndices;
}

export interface SensitivityResult {
  readonly parameters: readonly Parameter[];
  readonly policy: string | undefined;
  readonly design: SensitivityBlock['design'];
  /** Runs of each point. */
  readonly runs: number;
  readonly points: readonly Point[];
  readonly outputs: readonly OutputResult[];
}

/** A sensitivity analysis made ready. Throws ConfigError where the block does not fit the experiment. */
export class Sensitivity {
  readonly #experiment: Experiment;
  readonly #block: SensitivityBlock;
  readonly #space: readonly Parameter[];
  readonly #policy: string | undefined;
  readonly #outputs: readonly ColumnInfo[];
  readonly #places: readonly Place[];
  /** Rows of each sample of the design; undefined without indices. */
  readonly #rows: number | undefined;

  constructor(experiment: Experiment) {
    const { sensitivity: block } = experiment;
    if (block === undefined) {
      throw new ConfigError(
        [],
        `${experiment.file}: there is no block sensitivity, which says what is varied`,
      );
    }
    const fitting = <T>(work: () => T): T => inBlock(experiment, 'sensitivity', work);
    this.#experiment = experiment;
    this.#block = block;
    this.#space = fitting(() => readSpace(block.parameters));
    this.#policy = fitting(() => policyOf(experiment, block.policy, this.#space));
    this.#outputs = fitting(() => block.outputs.map((name, i) => outputNamed(experiment, name, i)));
    const { length: dimensions } = this.#space;
    if (block.indices ?? block.design !== 'grid') {
      const { count, places } = fitting(() => indexDesign(block, dimensions, experiment.seed));
      this.#rows = count;
      this.#places = places;
    } else {
      this.#rows = undefined;
      this.#places = fitting(() => plainPlaces(block, dimensions, experiment.seed));
    }
  }

  /** How many points will be evaluated. */
  get size(): number {
    return this.#places.length;
  }

  /** Throws PointError for the first point that cannot be run, or has no output. */
  async run(evaluator: Evaluator): Promise<SensitivityResult> {
    const { seed, runs } = this.#experiment;
    const points = this.#places.map((place) => pointAt(this.#space, place));
    const requests = points.map((point) => ({
      sets: setsOf(this.#space, point),
      seed,
      runs,
      policy: this.#policy,
    }));
    const results = await evaluator.evaluate(requests);
    const columns = results.map((result, i) => {
      if (result instanceof PointError)
        throw new PointError(`${requests[i]!.sets.join(' ')}: ${result.message}`);
      return result;
    });
    return {
      parameters: this.#space,
      policy: this.#policy,
      design: this.#block.design,
      runs,
      points,
      outputs: this.#outputs.map(({ name, unit }) => ({
        output: name,
        unit,
        ...this.#outputOf(
          name,
          columns.map((cells, i) => {
            const replicates = replicatesOf(cells, name);
            if (replicates.every(Number.isFinite)) return replicates;
            throw new PointError(`${requests[i]!.sets.join(' ')}: a run has no ${name}`);
          }),
        ),
      })),
    };
  }

  #outputOf(name: string, replicates: readonly Float64Array[]): Omit<OutputResult, 'output' | 'unit'> {
    const means = [...Float64Array.from(replicates, meanOf)];
    const noise_variance = replicateNoise(replicates);
    const rows = this.#rows;
    if (rows === undefined) return { means, noise_variance };
    const sample = (number: number) => replicates.slice(number * rows, (number + 1) * rows);
    const mixed = this.#space.map((_, i) => sample(2 + i));
    const resampling = { seed: `${this.#experiment.seed}/sensitivity/${name}` };
    if (this.#experiment.runs > 1) {
      return { means, noise_variance, indices: sobolOfReplicates(sample(0), sample(1), mixed, resampling) };
    }
    // With one run a point there is no telling: then noise counts as interaction.
    const single = (one: Replicates): Float64Array => Float64Array.from(one, ([value]) => value!);
    const indices = sobolIndices(single(sample(0)), single(sample(1)), mixed.map(single), resampling);
    return { means, noise_variance, indices };
  }
}

function outputNamed(experiment: Experiment, name: string, i: number): ColumnInfo {
  const columns = modelOf(experiment).tables[0]!.columns.filter(
    ({ type }) => type === 'INT32' || type === 'DOUBLE',
  );
  const column = columns.find((one) => one.name === name);
  if (column !== undefined) return column;
  const known = columns.map((one) => one.name).join(', ');
  throw new ConfigError(['outputs', i], `there is no column ${name}; there are ${known}`);
}

/** An output of each run, its mean over the cells (the policy's shocks). */
function replicatesOf(cells: readonly RunColumns[], name: string): Float64Array {
  return cells[0]![name]!.map((_, run) => meanOf(cells.map((cell) => cell[name]![run]!)));
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
