/** What is wrong with an experiment beyond its file: what it asks for that its model, or its own settings, do not have. */
import { ConfigError } from '../core/errors.ts';
import { ExperimentError } from '../experiment/problems.ts';
import type { Experiment } from '../models/experiment.ts';
import { cells, compileScenario, locate } from '../models/experiment.ts';
import { Sensitivity } from './sensitivity/sensitivity.ts';
import { checkStop } from '../lab/work/stopping.ts';
import { TuneSetup } from './tune/setup.ts';

/** Each with its place; none where all is well. Makes no run. */
export function experimentProblems(experiment: Experiment): ExperimentError[] {
  const { file, sets, contents } = experiment;
  return checks(experiment).flatMap((check) => {
    try {
      check();
      return [];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const { path, message } = error;
      return [new ExperimentError(locate(file, path, sets, contents), path, message)];
    }
  });
}

function checks(experiment: Experiment): (() => unknown)[] {
  const { stop, tune, sensitivity } = experiment;
  return [
    ...(stop === undefined ? [] : [() => checkStop(experiment)]),
    ...(tune === undefined ? [] : [() => new TuneSetup(experiment)]),
    ...(sensitivity === undefined ? [] : [() => new Sensitivity(experiment)]),
    ...(experiment.model === 'market'
      ? cells(experiment).map((cell) => () => compileScenario(experiment, cell))
      : []),
  ];
}
