/**
 * The policy search by ask and tell: first Sobol points, which also show how far each objective ranges; then DIRECT
 * (D. R. Jones, C. D. Perttunen, B. E. Stuckman, J. Optim. Theory Appl. 79 (1993) 157, of the package ml-direct) on
 * several weightings of the objectives, in turn, so that the points spread along the frontier.
 *
 * Why DIRECT: it is made for bounds without derivatives and few, dear evaluations, it is deterministic, so that a search
 * can be repeated, and its points coincide between weightings, which share what they have seen. With common random numbers
 * the objectives are functions of the point alone. Weightings are augmented Chebyshev distances (R. E. Steuer, E.-U. Choo,
 * Math. Programming 26 (1983) 326), which reach the frontier where it is not convex, too:
 *
 *   max_j w_j z_j + ρ Σ_j z_j,   z_j = (f_j − least) / (most − least) of the Sobol points
 */
import direct from 'ml-direct';
import { createRng } from '../../core/rng.ts';
import { sobolPoints } from '../../stats/designs/sobol-sequence.ts';
import type { Parameter, Point } from '../points/space.ts';
import { keyOf, pointAt } from '../points/space.ts';

export interface Told {
  readonly point: Point;
  /** To be minimised, in the order of the objectives; NaN: has no value here, and counts as bad. */
  readonly values: readonly number[];
}

/** ρ above: small, so that only ties of the largest term are broken by the others. */
const AUGMENTATION = 0.05;

/** z of a point without a value: worse than any Sobol point. */
const WORST = 2;

/** Part of the budget that goes to Sobol points. */
const FIRST_SHARE = 0.2;
const LEAST_FIRST = 4;

/** Points that a weighting may look at again before it is given up: whole numbers have only so many values. */
const MOST_REPEATS = 5000;

export class Search {
  readonly #space: readonly Parameter[];
  readonly #first: readonly Point[];
  readonly #weights: readonly (readonly number[])[];
  readonly #told = new Map<string, Told>();
  readonly #asked = new Set<string>();
  #scale: Scale | undefined;
  #turn = 0;

  constructor(space: readonly Parameter[], objectives: number, budget: number, seed: string) {
    this.#space = space;
    this.#weights = weightings(objectives);
    const count = Math.min(budget, Math.max(LEAST_FIRST, Math.ceil(budget * FIRST_SHARE)));
    const places = sobolPoints(count, space.length, createRng(`${seed}/tune`));
    this.#first = places.map((place) => pointAt(space, place));
  }

  /** All that is known, in the order in which it was told. */
  get told(): readonly Told[] {
    return [...this.#told.values()];
  }

  /** Up to `count` points to evaluate next, none asked or told before; fewer where one must be told first, or none is left. */
  ask(count: number): Point[] {
    const points: Point[] = [];
    for (const point of this.#first) if (points.length < count) this.#take(point, points);
    if (!this.#first.every((point) => this.#told.has(keyOf(this.#space, point)))) return points;
    this.#scale ??= scaleOf(this.told);
    for (let i = 0; i < this.#weights.length && points.length < count; i++) {
      const next = this.#nextOf(this.#weights[this.#turn]!);
      this.#turn = (this.#turn + 1) % this.#weights.length;
      if (next !== undefined) this.#take(next, points);
    }
    return points;
  }

  /** What a point gave; also of points that were not asked for. */
  tell(told: Told): void {
    const key = keyOf(this.#space, told.point);
    this.#asked.add(key);
    this.#told.set(key, told);
  }

  #take(point: Point, into: Point[]): void {
    const key = keyOf(this.#space, point);
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    into.push(point);
  }

  /**
   * The next point that DIRECT wants to know under a weighting. The package runs from beginning to end, so it is run again
   * on what is known until it asks for something else: cheap beside an evaluation, and it keeps no state.
   */
  #nextOf(weights: readonly number[]): Point | undefined {
    let unknown: Point | undefined;
    let looked = 0;
    const objective = (place: ArrayLike<number>): number => {
      const point = pointAt(this.#space, place);
      const told = this.#told.get(keyOf(this.#space, point));
      if (told === undefined) unknown = point;
      if (told === undefined || ++looked > MOST_REPEATS) throw new Interrupted();
      return distance(told.values, weights, this.#scale!);
    };
    const bounds = (end: number): number[] => this.#space.map(() => end);
    try {
      direct(objective, bounds(0), bounds(1), { iterations: MOST_REPEATS });
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
    }
    return unknown;
  }
}

/** Leaves the package in the middle of its work. */
class Interrupted extends Error {}

interface Scale {
  readonly least: readonly number[];
  readonly range: readonly number[];
}

function scaleOf(told: readonly Told[]): Scale {
  const columns = told[0]!.values.map((_, j) =>
    told.map(({ values }) => values[j]!).filter((value) => Number.isFinite(value)),
  );
  const least = columns.map((values) => (values.length === 0 ? 0 : Math.min(...values)));
  const range = columns.map((values, j) => {
    const width = values.length === 0 ? 0 : Math.max(...values) - least[j]!;
    return width > 0 ? width : Math.abs(least[j]!) || 1;
  });
  return { least, range };
}

function distance(values: readonly number[], weights: readonly number[], { least, range }: Scale): number {
  let largest = -Infinity;
  let sum = 0;
  values.forEach((value, j) => {
    const z = Number.isFinite(value) ? (value - least[j]!) / range[j]! : WORST;
    largest = Math.max(largest, weights[j]! * z);
    sum += z;
  });
  return largest + AUGMENTATION * sum;
}

/** Evenly spread weights that add up to 1: in quarters for two objectives, in halves for more. */
function weightings(objectives: number): number[][] {
  if (objectives === 1) return [[1]];
  const parts = objectives === 2 ? 4 : 2;
  const all: number[][] = [];
  const extend = (weights: readonly number[], left: number): void => {
    if (weights.length === objectives - 1) all.push([...weights, left / parts]);
    else for (let part = 0; part <= left; part++) extend([...weights, part / parts], left - part);
  };
  extend([], parts);
  return all;
}
