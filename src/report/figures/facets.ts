/** Figures in panels: one a shock or one a policy, with what stands over them; and the rows that belong in each. */
import type { CellSummary } from '../../models/model.ts';
import { cellsUnder, estimateIn, shockNames, shownPolicies, shownShocks } from '../focus.ts';
import type { Row, RunResults } from '../results.ts';
import { fields, IN_LINES, inLines } from './parts.ts';

function facet(field: string, sort: readonly string[], title: string | null) {
  return { field, type: 'nominal' as const, sort: [...sort], title, header: IN_LINES };
}

export interface ShockPanels {
  readonly count: number;
  /** Of the specification; its values have their panel's name under `shock`. */
  readonly facet: ReturnType<typeof facet>;
  /** What `draw` makes of each cell that is shown: `name` is that of its panel. */
  readonly each: <T>(draw: (cell: CellSummary, shock: string, name: string) => readonly T[]) => T[];
}

/** A panel for each shock that is shown. */
export function shockPanels(results: RunResults): ShockPanels {
  const shocks = shownShocks(results);
  const policies = shownPolicies(results);
  const { common, short } = shockNames(shocks);
  const names = short.map(inLines);
  return {
    count: shocks.length,
    facet: facet('shock', names, common === '' ? null : common),
    each: (draw) =>
      shocks.flatMap((shock, i) =>
        cellsUnder(results, shock)
          .filter(({ labels }) => policies.includes(labels['policy']!))
          .flatMap((cell) => draw(cell, shock, names[i]!)),
      ),
  };
}

/** Rows of a question, of one cell. */
export function rowsOf(rows: readonly Row[], { labels }: CellSummary, shock: string): Row[] {
  return rows.filter((row) => row['policy'] === labels['policy'] && row['shock'] === shock);
}

/** A panel for each policy: its data, whose values have a `policy`, and its facet. `nameOf`: what stands over one. */
export function policyPanels(
  values: readonly { readonly policy: string }[],
  policies: readonly string[],
  nameOf: (policy: string) => string = inLines,
) {
  return {
    data: { values: values.map((one) => ({ ...one, panel: nameOf(one.policy) })) },
    facet: facet('panel', policies.map(nameOf), null),
  };
}

/** Metrics of the shown policies under a shock, a value each, with what each is called under `name`; those that are known. */
export function metricsUnder<K extends string>(
  results: RunResults,
  shock: string,
  metrics: readonly (readonly [metric: string, called: string])[],
  name: K,
  isShown: (value: number) => boolean,
) {
  const policies = shownPolicies(results);
  return cellsUnder(results, shock)
    .filter(({ labels }) => policies.includes(labels['policy']!))
    .flatMap((cell) =>
      metrics.flatMap(([metric, called]) => {
        const estimate = estimateIn(cell, metric);
        const named = { [name]: called } as Readonly<Record<K, string>>;
        return isShown(estimate.value)
          ? [{ policy: cell.labels['policy']!, ...named, ...fields(estimate) }]
          : [];
      }),
    );
}
