/** Calls that a trader must not make. */

/** They throw from now on, for good. `of`: what stands before their names in the message. */
export function refuse(owner: object, names: readonly string[], why: string, of = ''): void {
  for (const name of names) {
    // A function of the old kind: called by `new` it must say the same.
    const value = function (): never {
      throw new Error(`a trader called ${of}${name}: ${why}`);
    };
    Object.defineProperty(owner, name, { value, writable: false, configurable: false, enumerable: true });
  }
}
