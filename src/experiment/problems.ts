/**
 * What is wrong with an experiment: every complaint gets the place that it is about (file, line and column, or the `--set`
 * that brought the value), and the user is told all of them at once, in the order of their places.
 */
import { ConfigError, formatPath } from '../core/errors.ts';
import type { Path, Place, Source } from './source.ts';

/**
 * An error in an experiment, as one line: `experiments/a.yaml:17:38  population[2].count: needs …, got …`.
 */
export class ExperimentError extends ConfigError {
  /** The line begins with `label`: where it is; `path` is where in the file's tree. */
  constructor(label: string, path: Path, what: string) {
    const where = formatPath(path);
    super(path, `${label}  ${where === '' ? what : `${where}: ${what}`}`);
  }

  /** The message already says where. */
  override describe(): string {
    return this.message;
  }
}

/** Rank of places on the command line that no part of the file comes from: before all others. */
const FIRST = -2e9;

/** All that is wrong: a line each. Its path is that of the first. */
export class ExperimentProblems extends ConfigError {
  readonly problems: readonly ExperimentError[];

  /** `problems`: at least one. */
  constructor(problems: readonly ExperimentError[]) {
    super(problems[0]!.path, problems.map(({ message }) => message).join('\n'));
    this.problems = problems;
  }

  /** In one line: the first, and how many more there are. */
  get summary(): string {
    const more = this.problems.length - 1;
    return `${this.problems[0]!.message}${more > 0 ? ` (and ${more} more)` : ''}`;
  }

  /** Each line already says where. */
  override describe(): string {
    return this.message;
  }
}

interface Problem {
  readonly rank: number;
  readonly error: ExperimentError;
}

/** Collects what is wrong; `check` throws it. */
export class Problems {
  readonly #source: Source;
  readonly #list: Problem[] = [];

  /** Begins with what is wrong with the text itself. */
  constructor(source: Source) {
    this.#source = source;
    for (const { label, rank, path, what } of source.complaints) this.#put(label, rank, path, what);
  }

  /**
   * Records that something is wrong at `path`. To a `what` that says what is needed (`needs …`, `must …`) the
   * value as it was written is added, or that it is missing; `hint` comes last. `on`: the column is that of
   * the value or its key.
   */
  add(path: Path, what: string, hint = '', on: 'value' | 'key' = 'value'): void {
    const { label, rank } = this.#source.place(path, on);
    let text = what;
    if (/^(needs|must) /.test(what)) {
      const written = this.#source.written(path);
      if (written === undefined) text = `missing, ${what}`;
      else if (!what.includes(', got ')) text = `${what}, got ${written}`;
    }
    if (hint !== '') text += `; ${hint}`;
    this.#put(label, rank, path, text);
  }

  /** Records something at a place that the file's tree has no longer. */
  addAt({ label, rank }: Place, path: Path, what: string): void {
    this.#put(label, rank, path, what);
  }

  /** Runs `work` for something that the command line brought; `label` is what it is called there. */
  attemptOption(label: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      this.#put(label, FIRST, error.path, error.message);
    }
  }

  /** The characters of a scalar as the file (or `--set`) has them; undefined where there are none. */
  characters(path: Path): string | undefined {
    return this.#source.characters(path);
  }

  /** Runs `work`; a ConfigError from inside is recorded, its path taken as one below `path`. */
  attempt<T>(path: Path, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      this.add([...path, ...error.path], error.message);
      return undefined;
    }
  }

  /** `attempt` for each entry of a list; what failed is left out. */
  each<T, R extends object>(path: Path, list: readonly T[], work: (entry: T, index: number) => R): R[] {
    return list.flatMap((entry, index) => this.attempt([...path, index], () => work(entry, index)) ?? []);
  }

  /** True if something at or below one of the paths is wrong, so that what depends on it cannot be judged. */
  has(...areas: readonly Path[]): boolean {
    return areas.some((area) =>
      this.#list.some(({ error }) => area.every((part, i) => error.path[i] === part)),
    );
  }

  /** Throws all there is if something at or below one of the paths is wrong; anything at all without paths. */
  check(...areas: readonly Path[]): void {
    if (this.#list.length > 0 && (areas.length === 0 || this.has(...areas))) this.fail();
  }

  /** Throws all there is. */
  fail(): never {
    const sorted = this.#list.toSorted((a, b) => a.rank - b.rank).map(({ error }) => error);
    const lines = sorted.map(({ message }) => message);
    throw new ExperimentProblems(sorted.filter(({ message }, i) => lines.indexOf(message) === i));
  }

  #put(label: string, rank: number, path: Path, what: string): void {
    // What is no value in the text is none for the schema either: that is one mistake.
    if (this.#source.complaints.some((complaint) => complaint.label === label && complaint.what !== what))
      return;
    this.#list.push({ rank, error: new ExperimentError(label, path, what) });
  }
}
