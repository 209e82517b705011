/**
 * The experiments that are mutated: every file of experiments/, small enough that thousands of them are run. A run is a
 * twentieth of what it is, or less; policies, margins and trials but the one that is mutated and another are left out.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { agents } from '../../agents/index.ts';
import { fillBases } from '../../src/experiment/base.ts';
import { DataFiles } from '../../src/experiment/data-files.ts';
import { Problems } from '../../src/experiment/problems.ts';
import { Source } from '../../src/experiment/source.ts';

export type Path = readonly (string | number)[];
export type Tree = Record<string, unknown>;

export interface Base {
  /** `experiments/lcst.yaml` */
  readonly name: string;
  /** Folder under the scratch folder that it is written to, so that its data files are found. */
  readonly folder: string;
  readonly tree: Tree;
  /** Only scalars below it are mutated. */
  readonly under: Path;
}

/** Of maps at these paths only the entry that is mutated stays, and the first other one. */
const ONE_OF_MANY: readonly Path[] = [['policies'], ['procyclicality', 'margins'], ['estimators', 'trials']];

export function readBases(experiments: string): Base[] {
  const load = (...path: string[]): Tree => wholeTree(join(experiments, ...path));
  // A market of its own, a cheap one, for what is no experiment by itself.
  const simple = small(wholeTree(join(experiments, '../test/experiment/fixtures/simple-tune.yaml')));
  const filesIn = (folder: string): string[] =>
    readdirSync(join(experiments, folder))
      .filter((file) => file.endsWith('.yaml'))
      .sort();
  const own = ['.', 'validation'].flatMap((folder) =>
    filesIn(folder).map((file): Base => ({
      name: join('experiments', folder, file),
      folder,
      tree: small(load(folder, file)),
      under: [],
    })),
  );
  const presets = filesIn('presets').map((file): Base => ({
    name: join('experiments/presets', file),
    folder: 'presets',
    tree: { ...simple, policies: { fragment: load('presets', file) }, tune: undefined },
    under: ['policies', 'fragment'],
  }));
  const named = filesIn('presets').map((file): Base => ({
    name: `preset ${basename(file, '.yaml')} by name`,
    folder: '.',
    tree: {
      ...simple,
      policies: { named: { preset: basename(file, '.yaml') } },
      tune: undefined,
    },
    under: ['policies'],
  }));
  const everybody: Base = {
    name: 'all parameters of all agents',
    folder: '.',
    tree: withEverybody(simple),
    under: ['population'],
  };
  return [...own, ...presets, ...named, everybody];
}

/** What a file says, with the market and the traders that it is based on: the copy that is run stands alone. */
function wholeTree(file: string): Tree {
  const text = readFileSync(file, 'utf8');
  const tree = parse(text) as Tree;
  if (!('based_on' in tree)) return tree;
  const source = new Source(file, text);
  fillBases(source, file, new DataFiles(file, {}), new Problems(source));
  return source.value() as Tree;
}

/** A group of each kind, with all its parameters written out. */
function withEverybody(tree: Tree): Tree {
  const population = agents.map(({ kind, params }) => ({
    kind,
    count: kind === 'leveraged-holder' ? 50 : 3,
    params: Object.fromEntries(Object.entries(params).map(([name, { value }]) => [name, value])),
  }));
  return { ...tree, tune: undefined, population };
}

/** Every scalar below a path, and the paths of the lists and maps that hold them. */
export function placesOf(tree: unknown, under: Path = []): Path[] {
  const places: Path[] = [];
  const walk = (node: unknown, path: Path): void => {
    if (path.length > 0) places.push(path);
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (value !== undefined) walk(value, [...path, Array.isArray(node) ? Number(key) : key]);
    }
  };
  walk(valueAt(tree, under), under);
  return places;
}

export function valueAt(tree: unknown, path: Path): unknown {
  return path.reduce<unknown>((node, key) => (node as Tree)[key], tree);
}

/** A copy with another value at a path, and few of what there are many of. */
export function mutated(tree: Tree, path: Path, value: unknown): Tree {
  const copy = structuredClone(tree);
  for (const many of ONE_OF_MANY) {
    const top = valueAt(copy, many.slice(0, -1)) as Tree | undefined;
    const map = top?.[many.at(-1)!];
    if (typeof map !== 'object' || map === null) continue;
    const mine = many.every((key, i) => path[i] === key) ? path[many.length] : undefined;
    const others = Object.keys(map).filter((key) => key !== mine);
    const kept = mine === undefined ? others.slice(0, 2) : [String(mine), ...others.slice(0, 1)];
    top![many.at(-1)!] = Object.fromEntries(kept.map((key) => [key, (map as Tree)[key]]));
  }
  const parent = valueAt(copy, path.slice(0, -1)) as Tree;
  parent[path.at(-1)!] = value;
  return copy;
}

/** Simulated seconds of a market's run. */
const SECONDS = 20;
/** Most traders of a group. */
const TRADERS = 100;

function small(tree: Tree): Tree {
  const copy = structuredClone(tree);
  if (Number(copy['runs']) > 1) copy['runs'] = 2;
  if ('market' in copy) smallMarket(copy);
  if ('rare' in copy) Object.assign(copy['rare'] as Tree, { particles: 8 });
  if ('tune' in copy) Object.assign(copy['tune'] as Tree, { budget: 4, finalists: 1, fresh_runs: 2 });
  if ('sensitivity' in copy) Object.assign(copy['sensitivity'] as Tree, { points: 2 });
  const zero = copy['zero'] as Tree | undefined;
  if (zero !== undefined) Object.assign(zero, { time: 2, warm_up: 1 });
  const book = copy['stationary_book'] as Tree | undefined;
  if (book !== undefined) Object.assign(book, { time: 30, warm_up: 5 });
  const margins = copy['procyclicality'] as Tree | undefined;
  if (margins !== undefined && 'steps' in margins) Object.assign(margins, { steps: 200, burn_in: 100 });
  const trials = (copy['estimators'] as Tree | undefined)?.['trials'] as Record<string, Tree> | undefined;
  for (const trial of Object.values(trials ?? {})) smallTrial(trial);
  return copy;
}

/** Time runs so much faster that the whole takes SECONDS; what traders and venues do keeps its pace. */
function smallMarket(tree: Tree): void {
  const shrink = secondsOf(tree['until']) > SECONDS ? SECONDS / secondsOf(tree['until']) : 1;
  const time = (holder: Tree, key: string): void => {
    if (typeof holder[key] === 'string') holder[key] = `${(secondsOf(holder[key]) * shrink).toFixed(3)} s`;
  };
  time(tree, 'until');
  const shocks = [tree['shock'], ...((tree['shocks'] as unknown[] | undefined) ?? [])];
  for (const shock of shocks)
    for (const key of ['at', 'over', 'duration']) if (shock) time(shock as Tree, key);
  const lac = tree['lac'] as Tree | undefined;
  if (lac !== undefined) Object.assign(lac, { window: '2 s', settle: '2 s', precision: '50 %' });
  for (const group of tree['population'] as Tree[])
    group['count'] = Math.min(TRADERS, group['count'] as number);
  const market = tree['market'] as Tree;
  market['capacity'] = { ...(market['capacity'] as Tree | undefined), work: 3e6 };
}

function smallTrial(trial: Tree): void {
  const most = { n: 100, resamples: 20, orders: 1000, windows: 50, up_to: 50 };
  for (const [key, value] of Object.entries(most)) {
    if (typeof trial[key] === 'number') trial[key] = Math.min(trial[key], value);
  }
}

function secondsOf(time: unknown): number {
  const [, number, unit] = /^([\d.]+) (\w+)$/.exec(String(time))!;
  return Number(number) * { ms: 0.001, s: 1, min: 60, h: 3600, d: 86_400 }[unit!]!;
}
