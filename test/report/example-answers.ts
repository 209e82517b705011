/** What the tables of the example’s results would answer to the figures’ questions. */
import type { Row } from '../../src/report/results.ts';
import { POLICIES, SHOCKS } from './example.ts';

const everywhere = (make: (policy: string, shock: string, worse: number) => Row[]): Row[] =>
  SHOCKS.flatMap((shock, s) =>
    POLICIES.flatMap((policy, p) => make(policy, shock, (1 + s) * (p === 0 ? 2 : 1))),
  );

const path = (
  policy: string,
  shock: string,
  names: Readonly<Record<string, (second: number) => number>>,
): Row[] =>
  Array.from({ length: 11 }, (_, i) => ({
    policy,
    shock,
    second: 6 * i,
    ...Object.fromEntries(
      Object.entries(names).flatMap(([name, at]) => [
        [`${name}_low`, 0.9 * at(6 * i)],
        [`${name}_value`, at(6 * i)],
        [`${name}_high`, 1.1 * at(6 * i)],
      ]),
    ),
  }));

/** What tables answer to the figures’ questions, by figure. */
export const answers: Readonly<Record<string, readonly Row[]>> = {
  survival: everywhere((policy, shock, worse) =>
    Array.from({ length: 8 }, (_, i) => ({ policy, shock, accounts: 90 * worse + 5 * i, runs: 5 })),
  ),
  'price-fan': everywhere((policy, shock, worse) =>
    path(policy, shock, { change: (second) => -0.001 * worse * Math.min(second, 30) }),
  ),
  book: everywhere((policy, shock, worse) =>
    path(policy, shock, { depth: (s) => Math.max(0, 1 - (s * worse) / 120), spread: (s) => 1 + s * worse }),
  ),
  'liquidation-map': everywhere((policy, shock, worse) =>
    [-3, -2, -1, 1, 2, 3].map((step) => ({
      policy,
      shock,
      step,
      breaking: 1e8 * worse,
      depth: 3e8 / Math.abs(step),
    })),
  ),
  rungs: everywhere((policy, shock, worse) => [
    {
      policy,
      shock,
      breach: 4800 * worse,
      breach_back: policy === 'flat' ? 0 : 2000,
      demand: policy === 'flat' ? 0 : 4800 * worse,
      demand_back: policy === 'flat' ? 0 : 2000,
      unmet: policy === 'flat' ? 0 : 2800,
      unmet_back: 0,
      order: 4000 * worse,
      order_back: 100,
      takeover: 0,
      takeover_back: 0,
    },
  ]),
  bearers: everywhere((policy, shock, worse) => [
    { policy, shock, layer: 'insurance', borne: 4e7 * worse },
    { policy, shock, layer: 'write-off', borne: 1e7 * worse * worse },
  ]),
  generations: everywhere((policy, shock, worse) =>
    [1, 2, 3, 4].map((generation) => ({
      policy,
      shock,
      generation,
      accounts: (4000 * worse) / 5 ** generation,
    })),
  ),
  tree: [-1, 0, 0, 1, 1, 1, 2, 6].map((parent, row) => ({
    policy: 'flat',
    shock: SHOCKS[1],
    run: 7,
    row,
    parent,
    generation: [1, 2, 2, 3, 3, 3, 3, 4][row]!,
    time_s: 45 + row / 2,
    notional: 1e6 * (1 + row),
  })),
};
