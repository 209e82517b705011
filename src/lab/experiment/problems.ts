/**
 * What is wrong with an experiment: every complaint gets the place that it is about (file, line and column,
 * or the `--set` that brought the value), and the first one by place is the one that the user sees.
 */
import { ConfigError, formatPath } from '../../core/errors.ts';
import type { Path, Source } from './source.ts';

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

interface Problem {
  readonly rank: number;
  readonly error: ExperimentError;
}

/** Collects what is wrong; `check` throws the first by place. */
export class Problems {
  readonly #source: Source;
  readonly #list: Problem[] = [];

  constructor(source: Source) {
    this.#source = source;
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
    this.#list.push({ rank, error: new ExperimentError(label, path, text) });
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

  /** Throws the first problem by place, if there is any. */
  check(): void {
    const [first] = this.#list.toSorted((a, b) => a.rank - b.rank);
    if (first !== undefined) throw first.error;
  }
}
