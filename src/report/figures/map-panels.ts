/** Liquidation maps as panels: what would break at each step of the price, against what rests there. */
import type { TopLevelSpec } from 'vega-lite';
import { OTHERS, SERIES } from '../theme.ts';
import { policyPanels } from './facets.ts';
import type { Layout } from './figure.ts';
import { axis, SCHEMA, sharedPanels, ticksIn } from './parts.ts';

const DEPTH = 'orders resting there';
const BREAKING = 'positions that break there';

export interface MapValue {
  /** Name of its panel. */
  readonly policy: string;
  /** Share of the mark. */
  readonly step: number;
  readonly what: string;
  readonly isBreaking: boolean;
  readonly money: number;
}

/** Both sides of one step of 1 %; `step`: its far edge, in per cent; below the mark less than 0. */
export function mapValues(policy: string, step: number, breaking: number, depth: number): MapValue[] {
  const middle = (step - Math.sign(step) / 2) / 100;
  return [
    { policy, step: middle, what: DEPTH, isBreaking: false, money: depth },
    { policy, step: middle, what: BREAKING, isBreaking: true, money: breaking },
  ];
}

/** A panel each of these names. */
export function mapSpec(
  layout: Layout,
  values: readonly MapValue[],
  names: readonly string[],
  money: string,
): TopLevelSpec {
  const { columns, width, height } = sharedPanels(layout, names.length);
  // Up to a hundredth of the largest the axis is straight; room above, or a line at the top moves what stands over its panel.
  const largest = Math.max(1, ...values.map(({ money }) => money));
  const drawn = [DEPTH, BREAKING];
  const legend = { title: null, symbolType: 'stroke' as const, columns: layout.width < 500 ? 1 : 2 };
  return {
    $schema: SCHEMA,
    ...policyPanels(
      values.map(({ isBreaking: _, ...value }) => value),
      names,
    ),
    columns,
    spec: {
      width,
      height,
      mark: { type: 'line', interpolate: 'step', strokeWidth: 2 },
      encoding: {
        x: { field: 'step', type: 'quantitative', title: 'from the mark', axis: axis('~%', ticksIn(width)) },
        y: {
          field: 'money',
          type: 'quantitative',
          title: `${money} in a step of 1 % (log)`,
          scale: { type: 'symlog', constant: largest / 100, domainMax: 1.2 * largest },
          axis: axis('~s', 4),
        },
        color: {
          field: 'what',
          type: 'nominal',
          sort: drawn,
          scale: { domain: drawn, range: [SERIES[0]!.light, (SERIES[1] ?? OTHERS).light] },
          legend,
        },
        strokeDash: {
          field: 'what',
          type: 'nominal',
          sort: drawn,
          scale: { domain: drawn, range: [[], [6, 3]] },
          legend,
        },
      },
    },
  };
}
