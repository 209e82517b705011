/** How far accounts in distress went: how many reached each stage of their call, and how many came back from it. */
import { cellsUnder, shownPolicies, shownText, tellingShock } from '../focus.ts';
import { minus } from '../words/numbers.ts';
import { AXIS, SERIES } from '../theme.ts';
import { policyPanels } from './facets.ts';
import type { RunFigure } from './figure.ts';
import { axis, inLines, runsText, SCHEMA, sharedPanels, ticksIn } from './parts.ts';
import { BEGUN } from './paths.ts';

/** From the first on; each with what rows of `calls` have when they reached it. */
const STAGES = [
  ['breach', 'true', 'in breach'],
  ['demand', 'sent_s is not null', 'asked for money'],
  ['unmet', 'failed_s is not null', 'time ran out'],
  ['order', 'liquidated_s is not null', 'forced order'],
  ['takeover', "outcome = 'taken over'", 'taken over'],
] as const;

const BACK = 'healthy again';
const NOT_BACK = 'not';

/** A policy, and its rungs in their order: `call → partial → full`. */
function withRungs(policy: string, rungs: readonly string[] = []): string {
  const ladder = rungs.map((rung, i) => (i === 0 ? rung : `→\u00a0${rung}`)).join(' ');
  return ladder === '' ? inLines(policy) : `${inLines(policy)}\n${inLines(ladder)}`;
}

export const rungs: RunFigure = {
  id: 'rungs',
  of: 'market',
  question: {
    tables: ['calls', 'prices'],
    sql:
      `with begun as (${BEGUN}) select policy, shock, ` +
      STAGES.map(
        ([name, reached]) =>
          `count(*) filter (${reached}) as ${name}, count(*) filter (${reached} and outcome = 'met') as ${name}_back`,
      ).join(', ') +
      ' from calls join begun using (policy, shock, run) where breach_s >= began group by policy, shock order by all',
  },
  draw(results, rows) {
    const shock = tellingShock(results);
    const policies = shownPolicies(results);
    const values = cellsUnder(results, shock).flatMap(({ labels, runs }) => {
      const policy = labels['policy']!;
      const row = rows.find((one) => one['policy'] === policy && one['shock'] === shock);
      if (row === undefined || !policies.includes(policy)) return [];
      return STAGES.flatMap(([name, , stage]) => {
        const [all, back] = [Number(row[name]) / runs, Number(row[`${name}_back`]) / runs];
        return [
          { policy, stage, ended: BACK, accounts: back, order: 0 },
          { policy, stage, ended: NOT_BACK, accounts: all - back, order: 1 },
        ];
      });
    });
    if (values.length === 0) return undefined;
    return {
      title: minus(`How far calls went, ${shock}`),
      shows: `Calls of a run, on average, that reached each stage, and how many of them were met later.${shownText(results)}`,
      runs: runsText(results),
      spec(layout) {
        const { columns, width } = sharedPanels(layout, policies.length, 3, 110);
        return {
          $schema: SCHEMA,
          ...policyPanels(values, policies, (policy) => withRungs(policy, results.ladders[policy])),
          columns,
          spec: {
            width,
            height: STAGES.length * 26,
            mark: { type: 'bar' },
            encoding: {
              y: {
                field: 'stage',
                type: 'nominal',
                sort: STAGES.map(([, , stage]) => stage),
                title: null,
                axis: { grid: false },
              },
              x: {
                field: 'accounts',
                type: 'quantitative',
                title: 'calls a run',
                axis: { ...axis('~s', ticksIn(width)), grid: true },
              },
              color: {
                field: 'ended',
                type: 'nominal',
                sort: null,
                scale: { domain: [BACK, NOT_BACK], range: [SERIES[2]!.light, AXIS.light] },
                legend: { title: 'in the end' },
              },
              order: { field: 'order' },
            },
          },
        };
      },
    };
  },
};
