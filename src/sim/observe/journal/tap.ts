/**
 * A tap on one object's method: whoever calls it, on this object, also calls the observer. Worlds that nobody observes
 * have none, so observing costs them nothing.
 */

type Methods<T> = { [K in keyof T]: T[K] extends (...args: never[]) => unknown ? K : never }[keyof T];

/** Replaces a method by what `observed` makes of it. It must call the method once, with the same arguments. */
export function tap<T extends object, K extends Methods<T>>(
  target: T,
  name: K,
  observed: (method: T[K]) => T[K],
): void {
  const method = target[name] as unknown as (...args: unknown[]) => unknown;
  const bound = (...args: unknown[]): unknown => method.apply(target, args);
  Object.defineProperty(target, name, { value: observed(bound as unknown as T[K]) });
}
