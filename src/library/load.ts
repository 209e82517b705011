/** Reading experiments, from a file or from plain data. */
import { join } from 'node:path';
import { ConfigError } from '../core/errors.ts';
import { experimentProblems } from '../design/experiment-problems.ts';
import { ExperimentProblems } from '../experiment/problems.ts';
import type { Experiment } from '../models/experiment.ts';
import { readExperiment } from '../models/experiment.ts';
import type { ExperimentSettings } from './settings.ts';
import { textOfSettings } from './settings.ts';

/** What is changed in an experiment as it is loaded. */
export interface LoadOptions {
  /** Runs of each cell, instead of those that the experiment says. */
  readonly runs?: number;
  /** Instead of the experiment's. */
  readonly seed?: string;
  /** Changes, `path=value` each: `policies.flat.margin.leverage=10`. */
  readonly sets?: readonly string[];
  /** Folders beside the experiment's own in which its data files may lie. */
  readonly dataRoots?: readonly string[];
  /** Of settings: what the experiment is called in messages and results. Default: `experiment`. */
  readonly name?: string;
  /** Of settings: the folder that files (`plugins`, `based_on`, data) are named from. Default: the working folder. */
  readonly folder?: string;
}

/** A file of an experiment, its settings, or an experiment that was loaded before. */
export type ExperimentSource = string | ExperimentSettings | Experiment;

/**
 * Reads an experiment with all the files that it names, and checks it as `unwind check` does; makes no run. What it returns is
 * plain data, and needs no file any more. Code of its `plugins` is run.
 *
 * Throws ExperimentProblems (a ConfigError), whose `problems` has one error for each thing that is wrong, `path` and message; each
 * message begins with its place, `market.yaml:17:38`. Of settings the place is that in their text as YAML, which is what a
 * results folder keeps as `experiment.yaml`.
 */
export function loadExperiment(source: string | ExperimentSettings, options: LoadOptions = {}): Experiment {
  const { name = 'experiment', folder = '.', runs, seed, sets = [], dataRoots = [] } = options;
  const changes = {
    sets,
    dataRoots,
    ...(runs === undefined ? {} : { runs }),
    ...(seed === undefined ? {} : { seed }),
  };
  let experiment: Experiment;
  if (typeof source === 'string') experiment = readExperiment(source, changes);
  else {
    if (!/^[\w-]+$/.test(name))
      throw new ConfigError(['name'], `needs letters, digits, - and _, got ${name}`);
    const file = join(folder, `${name}.yaml`);
    const contents = new Map([[file, new TextEncoder().encode(textOfSettings(source))]]);
    experiment = readExperiment(file, { ...changes, contents });
  }
  const problems = experimentProblems(experiment);
  if (problems.length > 0) throw new ExperimentProblems(problems);
  return experiment;
}

/** The experiment that is meant. Throws as loadExperiment does. */
export function experimentFrom(source: ExperimentSource): Experiment {
  return typeof source === 'object' && 'contents' in source ? source : loadExperiment(source);
}
