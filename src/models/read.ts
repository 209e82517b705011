/**
 * Reading an experiment file: YAML, changes from the command line, the model's schema, then what the model
 * makes of it.
 */
import { basename, extname } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../core/errors.ts';
import { fillBases } from '../experiment/base.ts';
import type { Contents } from '../experiment/data-files.ts';
import { DataFiles } from '../experiment/data-files.ts';
import type { SensitivityBlock, TuneBlock } from '../experiment/design-blocks.ts';
import type { CommonFields, PlugInText, Reading } from '../experiment/experiment.ts';
import { validate } from '../experiment/issues.ts';
import { models } from './files.ts';
import type { KeptPlugIn } from './plug-ins/kept.ts';
import { readPlugIns } from './plug-ins/read.ts';
import { nearest, suggestion } from '../experiment/nearest.ts';
import { fillPresets } from '../experiment/presets.ts';
import { soundParts } from '../experiment/parts.ts';
import { ExperimentError, Problems } from '../experiment/problems.ts';
import type { Path } from '../experiment/source.ts';
import { Source } from '../experiment/source.ts';
import type { StopRule } from '../experiment/stop.ts';

/** An experiment as it was read: plain data, told apart by `model`. */
export type Experiment = CommonFields & ReturnType<(typeof models)[number]['read']>;

export interface ReadOptions {
  /** Changes to the file, `path=value`: `policies.flat.margin.leverage=10`, `population.longs.count=500`. */
  readonly sets?: readonly string[];
  /** Instead of the file's. */
  readonly runs?: number;
  readonly seed?: string;
  /** Of files that are taken from here, whatever is on the disk now. */
  readonly contents?: Contents;
  /** Folders beside the experiment's own in which data files may lie. */
  readonly dataRoots?: readonly string[];
  /** Code of plug-ins that was read before: it is taken, whatever is on the disk now. */
  readonly plugIns?: readonly PlugInText[];
  /** Of results that are at hand: the plug-ins that made them, which alone may run, if the user agrees. */
  readonly keptPlugIns?: readonly KeptPlugIn[];
}

/**
 * Reads an experiment file and the data files that it names (relative to its folder). What it returns can be
 * cloned to another thread, and needs no file any more. Throws ExperimentProblems with all that is wrong, a line each:
 * `experiments/lcst.yaml:17:38  population[2].params.leverage.lognormal: needs [mean of log, sd
 * of log], got 2.0`
 */
export function readExperiment(file: string, options: ReadOptions = {}): Experiment {
  const files = new DataFiles(file, { contents: options.contents, roots: options.dataRoots });
  const source = open(file, files);
  const problems = new Problems(source);
  if (!source.isTree) problems.check();
  fillBases(source, file, files, problems);
  problems.check(['based_on']); // what it would have brought would be missed
  override(source, options, problems);
  fillPresets(source, file, files, problems);
  const value = plainValue(source, problems);
  const plugIns = readPlugIns(value['plugins'], options, source, problems);
  const model = chooseModel(value, problems);
  const schema = model.schema as z.ZodObject;
  const settings =
    validate(schema, value, [], problems) ?? (model.parts && soundParts(schema, value, model.parts));
  if (settings === undefined) return problems.fail();
  const read = model.read as (settings: unknown, reading: Reading) => ReturnType<typeof model.read>;
  const own = read(settings, { source, problems, files });
  problems.check();
  const common = settings as unknown as {
    question: string;
    seed: string;
    runs: number;
    stop?: StopRule;
    tune?: TuneBlock;
    sensitivity?: SensitivityBlock;
  };
  return {
    question: common.question,
    seed: common.seed,
    runs: common.runs,
    stop: common.stop,
    tune: common.tune,
    sensitivity: common.sensitivity,
    name: basename(file, extname(file)),
    file,
    source: source.text,
    sets: options.sets ?? [],
    dataRoots: options.dataRoots ?? [],
    inputs: files.inputs,
    warnings: files.warnings,
    contents: files.contents,
    ...(plugIns.length > 0 && { plugIns }),
    ...own,
  };
}

function open(file: string, files: DataFiles): Source {
  let text: string;
  try {
    text = files.read(file);
  } catch (error) {
    if (!(error instanceof ConfigError) || error instanceof ExperimentError) throw error;
    throw new ExperimentError(file, [], error.message.replace(`: ${file}`, '').replace(`${file} `, ''));
  }
  return new Source(file, text);
}

/** Path of a setting: `population.longs.count`, `population[2].count`. */
const SETTING = /^[^.[\]\s]+(?:\.[^.[\]\s]+|\[\d+\])*$/;

function override(source: Source, { sets = [], runs, seed }: ReadOptions, problems: Problems): void {
  for (const set of sets) {
    const label = `--set ${set}`;
    const equals = set.indexOf('=');
    const path = set.slice(0, Math.max(0, equals)).trim();
    apply(label, path.match(/[^.[\]]+/g) ?? [], set.slice(equals + 1), SETTING.test(path));
  }
  if (runs !== undefined) apply(`--runs ${runs}`, ['runs'], String(runs));
  if (seed !== undefined) apply(`--seed ${seed}`, ['seed'], JSON.stringify(seed));

  function apply(label: string, keys: readonly string[], text: string, isPath = true): void {
    problems.attemptOption(label, () => {
      if (!isPath) throw new ConfigError([], 'needs path=value, such as market.latency.order=5ms');
      source.override(label, keys, text);
    });
  }
}

function plainValue(source: Source, problems: Problems): Readonly<Record<string, unknown>> {
  const map = z.record(z.string(), z.unknown()).safeParse(source.value());
  if (map.success) return map.data;
  const needed = 'an experiment is a map of question, seed, runs, and a model’s blocks';
  const written = source.written([]);
  problems.add([], written === undefined ? `the file is empty; ${needed}` : `${needed}, got ${written}`);
  return problems.fail();
}

/** The model whose block the file has. */
function chooseModel(value: Readonly<Record<string, unknown>>, problems: Problems): (typeof models)[number] {
  const present = models.filter(({ block }) => block in value);
  if (present.length === 1) return present[0]!;
  const blocks = models.map(({ block }) => block);
  const misspelt = Object.keys(value).find((key) => nearest(key, blocks) !== undefined);
  if (present.length > 1) {
    const path: Path = [present[1]!.block];
    problems.add(path, `there is ${present[0]!.block} already; an experiment has one model`, '', 'key');
  } else if (misspelt !== undefined) {
    problems.add([misspelt], 'unknown key', suggestion(misspelt, blocks), 'key');
  } else {
    problems.add([], `there is no model: add a block named ${blocks.join(' or ')}`);
  }
  return problems.fail();
}

/**
 * Where something is in an experiment file: `experiments/lcst.yaml:17:38`, or `--set …` for what that
 * brought. `contents`: of files that are not read again.
 */
export function locate(file: string, path: Path, sets: readonly string[] = [], contents?: Contents): string {
  const files = new DataFiles(file, { contents });
  const source = open(file, files);
  const problems = new Problems(source);
  fillBases(source, file, files, problems);
  override(source, { sets }, problems);
  return source.place(path, 'value').label;
}
