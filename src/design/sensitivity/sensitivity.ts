/**
 * How much each setting moves the results: a design over the settings' ranges, several runs at each point on the same seeds,
 * and of the outputs Sobol indices, with what is only replicate noise told apart.
 */
import { ConfigError } from '../../core/errors.ts';
import type { SobolIndices } from '../../stats/designs/sobol.ts';
import { replicateNoise, sobolIndices } from '../../stats/designs/sobol.ts';
import type { Replicates } from '../../stats/designs/sobol-replicates.ts';
import { sobolOfReplicates } from '../../stats/designs/sobol-replicates.ts';
import type { Evaluator } from '../points/evaluate.ts';
import { PointError, requireAny } from '../points/evaluate.ts';
import { requireFitting } from '../points/fitting.ts';
import { inBlock } from '../points/in-block.ts';
import { policyOf } from '../points/policy.ts';
import type { Parameter, Point } from '../points/space.ts';
import { pointAt, readSpace, setsOf } from '../points/space.ts';
import type { Experiment, SensitivityBlock } from '../../models/experiment.ts';
import { modelOf } from '../../models/index.ts';
import type { ColumnInfo } from '../../models/model.ts';
import type { Place } from './points.ts';
import { indexDesign, plainPlaces } from './points.ts';
import { meanOf, missingOutput, PointSample, whyNoIndices } from './samples.ts';

export interface OutputResult {
  readonly output: string;
  readonly unit: string;
  /** Mean of each point's runs, in the order of the points; NaN of a point that failed or lost a run. */
  readonly means: readonly number[];
  /** Over the points that lost no run: the variance of a mean about its expectation. NaN with one run a point. */
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
  /** Points that lost runs: these may be the worst of all, so such a point has no mean, and the design no indices. */
  readonly points_with_losses: number;
  /** Why there are no indices although they are asked for. */
  readonly no_indices?: string;
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
    requireFitting(experiment, this.#space);
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

  /** Points that fail have no outputs, and then there are no indices. Throws PointError where no point can be run. */
  async run(evaluator: Evaluator): Promise<SensitivityResult> {
    const { seed, runs } = this.#experiment;
    const points = this.#places.map((place) => pointAt(this.#space, place));
    const requests = points.map((point) => ({
      sets: setsOf(this.#space, point),
      seed,
      runs,
      policy: this.#policy,
    }));
    const names = this.#outputs.map(({ name }) => name);
    const results = await evaluator.evaluate(requests, (cells) => missingOutput(cells, names));
    requireAny(results);
    const samples = results.map((one) =>
      one instanceof PointError || one.lost.length > 0 ? undefined : new PointSample(one.cells),
    );
    const failed = results.filter((one) => one instanceof PointError).length;
    const withLosses = samples.filter((sample) => sample === undefined).length - failed;
    const no_indices =
      this.#rows === undefined ? undefined : whyNoIndices(results.length, failed, withLosses);
    return {
      parameters: this.#space,
      policy: this.#policy,
      design: this.#block.design,
      runs,
      points_with_losses: withLosses,
      ...(no_indices === undefined ? {} : { no_indices }),
      points,
      outputs: this.#outputs.map(({ name, unit }) => ({
        output: name,
        unit,
        means: samples.map((sample) => (sample === undefined ? NaN : meanOf(sample.of(name)))),
        ...this.#indicesOf(
          name,
          samples.flatMap((sample) => (sample === undefined ? [] : [sample.of(name)])),
          no_indices === undefined,
        ),
      })),
    };
  }

  /** `replicates`: of each point that neither failed nor lost a run. */
  #indicesOf(
    name: string,
    replicates: readonly Float64Array[],
    hasIndices: boolean,
  ): Pick<OutputResult, 'noise_variance' | 'indices'> {
    const noise_variance = replicateNoise(replicates);
    const rows = this.#rows;
    if (rows === undefined || !hasIndices) return { noise_variance };
    const sample = (number: number) => replicates.slice(number * rows, (number + 1) * rows);
    const mixed = this.#space.map((_, i) => sample(2 + i));
    const resampling = { seed: `${this.#experiment.seed}/sensitivity/${name}` };
    if (this.#experiment.runs > 1) {
      return { noise_variance, indices: sobolOfReplicates(sample(0), sample(1), mixed, resampling) };
    }
    // With one run a point there is no telling: then noise counts as interaction.
    const single = (one: Replicates): Float64Array => Float64Array.from(one, ([value]) => value!);
    const indices = sobolIndices(single(sample(0)), single(sample(1)), mixed.map(single), resampling);
    return { noise_variance, indices };
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
