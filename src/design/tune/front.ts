/** Which of the points seen are worth another look: those that no other beats in all objectives, spread along the frontier. */
import type { Told } from './search.ts';

/** True where `a` is nowhere worse than `b`, and better somewhere. Values are to be minimised; NaN is worst. */
export function beats(a: readonly number[], b: readonly number[]): boolean {
  const worth = (value: number): number => (Number.isNaN(value) ? Infinity : value);
  return (
    a.every((value, j) => worth(value) <= worth(b[j]!)) && a.some((value, j) => worth(value) < worth(b[j]!))
  );
}

/** The points that no other beats. */
export function frontOf<T extends Told>(told: readonly T[]): T[] {
  return told.filter((one) => !told.some((other) => beats(other.values, one.values)));
}

/** At most `count` points: the frontier, from end to end in the first objective; then what is next best without it. */
export function finalistsOf<T extends Told>(told: readonly T[], count: number): T[] {
  const chosen: T[] = [];
  let left = [...told];
  while (chosen.length < count && left.length > 0) {
    const front = frontOf(left).sort((a, b) => a.values[0]! - b.values[0]!);
    chosen.push(...spread(front, count - chosen.length));
    left = left.filter((one) => !front.includes(one));
  }
  return chosen;
}

function spread<T>(front: readonly T[], count: number): T[] {
  if (front.length <= count) return [...front];
  if (count === 1) return [front[Math.floor(front.length / 2)]!];
  return Array.from({ length: count }, (_, i) => front[Math.round((i * (front.length - 1)) / (count - 1))]!);
}
