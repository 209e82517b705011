/** One cascade as a tree: which account's liquidation triggered which, from its root on. */
import type { Row } from '../results.ts';
import { INK, MUTED, SERIES } from '../theme.ts';
import { minus } from '../words/numbers.ts';
import type { RunFigure } from './figure.ts';
import { isNarrow } from './figure.ts';
import { axis, SCHEMA } from './parts.ts';

/** Larger ones would be a blot. */
const MOST_ORDERS = 400;

export const tree: RunFigure = {
  id: 'tree',
  of: 'market',
  question: {
    tables: ['trees', 'liquidations'],
    sql:
      `with chosen as (select policy, shock, run, root from trees where orders <= ${MOST_ORDERS} and generations > 1 ` +
      'order by accounts desc, policy, shock, run, root limit 1) select policy, shock, run, row, parent, generation, time_s, notional ' +
      'from liquidations join chosen using (policy, shock, run, root) order by row',
  },
  draw(results, rows) {
    const [root] = rows;
    if (root === undefined) return undefined;
    const nodes = placed(rows);
    const at = new Map(nodes.map((node) => [node.row, node]));
    const edges = nodes.flatMap((node) => {
      const parent = at.get(node.parent);
      return parent === undefined ? [] : [{ ...node, from_time: parent.time, from_y: parent.y }];
    });
    return {
      title: `One cascade, order by order`,
      shows: minus(
        `The largest tree of at most ${MOST_ORDERS} forced orders: run ${String(root['run'])} under ${String(root['policy'])}, ` +
          `${String(root['shock'])}. Each point is a forced order, its size the notional; a line leads from the order whose fill ` +
          `carried the price through its trigger.`,
      ),
      runs: 'n = 1 run',
      spec(layout) {
        const x = {
          type: 'quantitative' as const,
          title: 's since its first order',
          axis: axis(',~f', 5),
          scale: { zero: true, nice: false },
        };
        const y = { type: 'quantitative' as const, axis: null, scale: { zero: false, nice: false } };
        const sizes = {
          title: `notional, ${results.money}`,
          ...axis('~s', 3),
          symbolFillColor: INK.light,
          symbolStrokeColor: INK.light,
          symbolOpacity: 1,
        };
        return {
          $schema: SCHEMA,
          width: layout.width - 40,
          height: 300,
          layer: [
            {
              data: { values: edges },
              mark: { type: 'rule', color: MUTED.light, strokeWidth: 0.7, opacity: 0.6, aria: false },
              encoding: {
                x: { ...x, field: 'from_time' },
                x2: { field: 'time' },
                y: { ...y, field: 'from_y' },
                y2: { field: 'y' },
              },
            },
            {
              data: { values: nodes },
              mark: { type: 'point', filled: true, opacity: 0.85 },
              encoding: {
                x: { ...x, field: 'time' },
                y: { ...y, field: 'y' },
                size: {
                  field: 'notional',
                  type: 'quantitative',
                  scale: { range: [6, 160] },
                  legend: isNarrow(layout) ? null : sizes,
                },
                color: {
                  field: 'generation',
                  type: 'ordinal',
                  scale: { range: SERIES.map(({ light }) => light) },
                  legend: { title: 'generation', columns: 5, symbolSize: 70, symbolOpacity: 1 },
                },
              },
            },
          ],
        };
      },
    };
  },
};

interface Node {
  readonly row: number;
  readonly parent: number;
  readonly generation: string;
  readonly time: number;
  readonly notional: number;
  readonly y: number;
}

/** Generations from here on share a colour. */
const LAST_GENERATION = SERIES.length;

/** Leaves get a place each, in the order of a walk; above them each stands in the middle of its own. */
function placed(rows: readonly Row[]): Node[] {
  const children = new Map<number, number[]>();
  for (const { row, parent } of rows) {
    const list = children.get(Number(parent)) ?? [];
    list.push(Number(row));
    children.set(Number(parent), list);
  }
  const places = new Map<number, number>();
  let leaves = 0;
  // From the last order back: a child comes after its parent, so its place is known.
  const inWalk = walk(Number(rows[0]!['row']), children);
  for (const row of [...inWalk].reverse()) {
    const own = (children.get(row) ?? []).map((child) => places.get(child)!);
    places.set(row, own.length === 0 ? leaves++ : (Math.min(...own) + Math.max(...own)) / 2);
  }
  const began = Number(rows[0]!['time_s']);
  return rows
    .filter(({ row }) => places.has(Number(row)))
    .map(({ row, parent, generation, time_s, notional }) => ({
      row: Number(row),
      parent: Number(parent),
      generation: Number(generation) < LAST_GENERATION ? String(generation) : `${LAST_GENERATION} and later`,
      time: Number(time_s) - began,
      notional: Number(notional),
      y: places.get(Number(row))!,
    }));
}

function walk(root: number, children: ReadonlyMap<number, readonly number[]>): number[] {
  const order: number[] = [];
  const open = [root];
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    order.push(row);
    open.push(...(children.get(row) ?? []));
  }
  return order;
}
