/** Questions about what runs went through from the shock on, second by second, and from when on rows count. */
import type { Row } from '../results.ts';

/** Points of a path, at most: more than a page has pixels for tell nothing. */
const MOST_POINTS = 240;

/** When each run's shock began: rows of other tables count from there on. */
export const BEGUN = 'select policy, shock, run, min(time_s) as began from prices group by all';

/**
 * Median and 5 to 95 % over the runs of each of these quantities, by seconds since the shock, of the first instrument. In a
 * quantity `origin.NAME` is the column's value just before the shock.
 */
export function pathQuestion(quantities: Readonly<Record<string, string>>): string {
  const bands = Object.entries(quantities).flatMap(([name, value]) =>
    [
      ['low', 0.05],
      ['value', 0.5],
      ['high', 0.95],
    ].map(([end, share]) => `quantile_cont(${value}, ${share!}) as ${name}_${end!}`),
  );
  return (
    `with begun as (${BEGUN}), ` +
    'origin as (select p.* from prices p join begun b using (policy, shock, run) where p.instrument = 0 and p.time_s = b.began), ' +
    'since as (select p.*, round(p.time_s - o.time_s)::integer as second, o as origin from prices p ' +
    'join origin o using (policy, shock, run) where p.instrument = 0), ' +
    `step as (select greatest(1, ceil(max(second) / ${MOST_POINTS}))::integer as width from since) ` +
    `select policy, shock, second, ${bands.join(', ')} from since, step where second % width = 0 ` +
    'group by policy, shock, second order by all'
  );
}

export interface PathPoint {
  readonly policy: string;
  readonly second: number;
  readonly low: number;
  readonly value: number;
  readonly high: number;
}

/** One quantity of one shock; seconds without a value are left out. */
export function pathOf(
  rows: readonly Row[],
  shock: string,
  policies: readonly string[],
  name: string,
): PathPoint[] {
  return rows.flatMap((row) => {
    const policy = String(row['policy']);
    const ends = ['low', 'value', 'high'].map((end) => row[`${name}_${end}`]);
    if (row['shock'] !== shock || !policies.includes(policy)) return [];
    if (!ends.every((end) => typeof end === 'number' && Number.isFinite(end))) return [];
    const [low, value, high] = ends as [number, number, number];
    return [{ policy, second: Number(row['second']), low, value, high }];
  });
}

export const SECONDS_AXIS = {
  field: 'second',
  type: 'quantitative' as const,
  title: 's since the shock began',
  scale: { nice: false, zero: true },
};

/** What the bands of paths are. */
export const PATH_BANDS =
  'lines are medians of the runs, bands hold 90 % of them (5th to 95th percentile) second by second';
