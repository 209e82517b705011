/**
 * `count` of the draws, each as good as any other, in proportion to their weights: at even steps through the weights one behind
 * another, so that a draw comes as often as its weight says, up or down to the next whole number.
 * Source: G. Kitagawa, J. Comput. Graph. Stat. 5 (1996) 1.
 */
export function systematic<Draw extends { readonly weight: number }>(
  draws: readonly Draw[],
  count: number,
): Draw[] {
  const total = draws.reduce((sum, { weight }) => sum + weight, 0);
  let next = 0;
  let passed = draws[0]!.weight;
  return Array.from({ length: count }, (_, i) => {
    while (passed < ((i + 0.5) / count) * total && next < draws.length - 1) passed += draws[++next]!.weight;
    return draws[next]!;
  });
}
