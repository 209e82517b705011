/** The picture of cost against safety: a point a policy, with the interval of both, and a panel a safety metric. */
import type { ComparedMetric, Frontier, Frontiers } from '../../models/compare/index.ts';
import type { Estimate } from '../../stats/estimate.ts';
import type { Drawing, Layout } from './figure.ts';
import { axis, coloured, fields, INTERVALS, panels, SCHEMA, shaped, ticksIn, titled } from './parts.ts';

/** Of the last block: that of all shocks. `shown`: policies that are drawn. undefined: it has no cost, or no safety. */
export function costAgainstSafety(
  found: Frontiers,
  shown: readonly string[],
): Omit<Drawing, 'runs'> | undefined {
  const block = found.blocks.at(-1);
  const cost = found.metrics.find(({ role }) => role === 'cost');
  const safety = found.metrics.filter(({ role }) => role === 'safety');
  if (block === undefined || cost === undefined || safety.length === 0) return undefined;
  const absorbs = safety.some(({ better }) => better === 'more');
  return {
    title: titled(`Cost against safety, ${block.shock}`),
    shows: `The lower left has the policies that tie up little and are safe${
      absorbs ? ' (of what a market absorbs the upper left)' : ''
    }. ${verdicts(block)}`,
    bands: INTERVALS,
    spec: (layout) => ({
      $schema: SCHEMA,
      columns: panels(layout, safety.length).columns,
      spacing: 24,
      concat: safety.map((metric) =>
        panel(layout, { cost, metric, block, shown }, found.money, safety.length),
      ),
    }),
  };
}

interface Panel {
  readonly cost: ComparedMetric;
  readonly metric: ComparedMetric;
  readonly block: Frontier;
  readonly shown: readonly string[];
}

function panel(layout: Layout, { cost, metric, block, shown }: Panel, money: string, count: number) {
  const { width, height } = panels(layout, count);
  const values = block.rows
    .filter(
      ({ policy, metrics }) => shown.includes(policy) && isKnown(metrics[cost.name]!, metrics[metric.name]!),
    )
    .map(({ policy, metrics }) => ({
      policy,
      ...fields(metrics[cost.name]!, 'cost_'),
      ...fields(metrics[metric.name]!),
    }));
  const x = {
    type: 'quantitative' as const,
    scale: { zero: false, nice: true },
    title: axisTitle(cost, money),
  };
  const y = { type: 'quantitative' as const, title: axisTitle(metric, money) };
  const xAxis = { ...axisOf(cost), tickCount: ticksIn(width) };
  const yAxis = axisOf(metric);
  const color = coloured(layout, shown);
  return {
    width,
    height,
    data: { values },
    encoding: { color },
    layer: [
      {
        mark: { type: 'rule' as const, aria: false },
        encoding: {
          x: { ...x, field: 'cost_low', axis: xAxis },
          x2: { field: 'cost_high' },
          y: { ...y, field: 'value', axis: yAxis },
        },
      },
      {
        mark: { type: 'rule' as const, aria: false },
        encoding: {
          x: { ...x, field: 'cost_value', axis: xAxis },
          y: { ...y, field: 'low', axis: yAxis },
          y2: { field: 'high' },
        },
      },
      {
        mark: { type: 'point' as const, size: 80 },
        encoding: {
          x: { ...x, field: 'cost_value', axis: xAxis },
          y: { ...y, field: 'value', axis: yAxis },
          shape: shaped(layout, shown),
          color,
        },
      },
    ],
  };
}

function isKnown(...all: readonly Estimate[]): boolean {
  return all.every(({ value }) => Number.isFinite(value));
}

function axisTitle({ title, unit, name }: ComparedMetric, money: string): string {
  if (unit === 'share') return `${title}, share of open interest`;
  if (name === 'bad_debt') return `${title}, ${money} a run`;
  return unit === 'money' ? `${title}, ${money}` : title;
}

function axisOf({ unit }: ComparedMetric) {
  if (unit === 'share') return axis('.1~%');
  return axis(unit === 'money' ? '~s' : ',~f');
}

function verdicts({ rows }: Frontier): string {
  const of = (verdict: string): string[] =>
    rows.filter((row) => row.verdict === verdict).map(({ policy }) => policy);
  const best = of('on the frontier');
  if (best.length === 0) return 'Too little is known for a verdict.';
  return `On the frontier: ${best.slice(0, 7).join(', ')}${best.length > 7 ? ` and ${best.length - 7} more` : ''}.`;
}
