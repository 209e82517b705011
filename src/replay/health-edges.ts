/** Edges of the bins of health: below 1/2, then four bins to each doubling, up to 215 and more. 1 is an edge. */
export const HEALTH_EDGES: readonly number[] = [0.5, 1, 2, 4, 8, 16, 32, 64, 128].flatMap((doubling) =>
  [1, 1.189207115002721, 1.4142135623730951, 1.681792830507429].map((quarter) => doubling * quarter),
);
