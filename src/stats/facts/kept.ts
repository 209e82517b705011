/** What is computed of an array or a stretch once, and kept as long as that: a bootstrap draws the same ones hundreds of times. */
export function kept<Of extends object, Value>(compute: (of: Of) => Value): (of: Of) => Value {
  const known = new WeakMap<Of, { readonly value: Value }>();
  return (of) => {
    const found = known.get(of) ?? { value: compute(of) };
    known.set(of, found);
    return found.value;
  };
}
