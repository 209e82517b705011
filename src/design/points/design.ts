/** What a design is: points of an experiment's settings, and a result that follows from what they give. */
import type { DesignKind } from '../../lab/store/order.ts';
import type { Evaluator } from './evaluate.ts';
import type { Measures } from './point-runs.ts';
import type { Parameter, Point } from './space.ts';

export interface PointColumn {
  readonly name: string;
  readonly unit: string;
  readonly about: string;
  /** One value a point. */
  readonly values: readonly number[];
}

/** A value of each column, by its name. */
export type PointRow = Readonly<Record<string, number>>;

/** A design as work that can be interrupted: a result R follows from the answers to its points. */
export interface Design<R> {
  readonly kind: DesignKind;
  /** What its points give; results if left out. */
  readonly measures?: Measures;
  /** Runs of all points, at most. */
  readonly runs: number;
  run(points: Evaluator): Promise<R>;
  columnsOf(result: R): PointColumn[];
  /** All but what the columns say. */
  summaryOf(result: R): object;
  /** The result of its summary and the rows of its columns. */
  resultOf(summary: object, rows: readonly PointRow[]): R;
}

/** The points' settings, a column a parameter. */
export function settingColumns(space: readonly Parameter[], points: readonly Point[]): PointColumn[] {
  return space.map(({ path, unit }) => ({
    name: path,
    unit,
    about: 'Setting of the point.',
    values: points.map((point) => point[path]!),
  }));
}

/** The point of a row that begins with these columns. */
export function pointOf(space: readonly Parameter[], row: PointRow): Point {
  return Object.fromEntries(space.map(({ path }) => [path, row[path]!]));
}
