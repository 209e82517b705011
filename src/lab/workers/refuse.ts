/** Calls that a trader must not make. */

/**
 * They throw from now on, for good. `of`: what stands before their names in the message; `instead`: what they give instead,
 * where that is not undefined.
 */
export function refuse(
  owner: object,
  names: readonly string[],
  why: string,
  of = '',
  instead?: () => unknown,
): void {
  for (const name of names) {
    const value = (): unknown => {
      const given = instead?.();
      if (given !== undefined) return given;
      throw new Error(`a trader called ${of}${name}: ${why}`);
    };
    Object.defineProperty(owner, name, { value, writable: false, configurable: false, enumerable: true });
  }
}
