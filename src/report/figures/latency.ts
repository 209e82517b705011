/** Where the time of a call goes: from the trade that carried the price through a trigger to the end. */
import { shownPolicies, shownText, tellingShock } from '../focus.ts';
import { minus } from '../words/numbers.ts';
import { metricsUnder } from './facets.ts';
import type { RunFigure } from './figure.ts';
import { axis, coloured, OF_MEANS, runsText, SCHEMA, shaped } from './parts.ts';

const PARTS = [
  ['staleness_s', 'trade to mark'],
  ['detection_s', 'breach to first look'],
  ['answer_s', 'demand to answer'],
  ['execution_s', 'breach to forced order'],
  ['call_s', 'breach to end of call'],
] as const;

export const latency: RunFigure = {
  id: 'latency',
  of: 'market',
  draw(results) {
    const shock = tellingShock(results);
    const policies = shownPolicies(results);
    const values = metricsUnder(results, shock, PARTS, 'part', (value) => value > 0);
    if (values.length === 0) return undefined;
    const parts = PARTS.map(([, part]) => part).filter((part) => values.some((one) => one.part === part));
    return {
      title: minus(`Parts of a call’s latency, ${shock}`),
      shows: `Mean times of the parts of a call, each of the calls that have it.${shownText(results)}`,
      runs: runsText(results),
      bands: OF_MEANS,
      spec(layout) {
        const y = {
          field: 'part',
          type: 'nominal' as const,
          sort: parts,
          title: null,
        };
        const yOffset = { field: 'policy', sort: [...policies], scale: { domain: [...policies] } };
        const x = {
          type: 'quantitative' as const,
          scale: { type: 'log' as const },
          title: 'time, s (log)',
          axis: axis(',~f', 4),
        };
        return {
          $schema: SCHEMA,
          width: layout.width - 185,
          height: parts.length * Math.max(30, 12 * policies.length),
          data: { values },
          encoding: { color: coloured(layout, policies) },
          layer: [
            {
              mark: { type: 'rule', aria: false },
              encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y, yOffset },
            },
            {
              mark: { type: 'point' },
              encoding: { x: { ...x, field: 'value' }, y, yOffset, shape: shaped(layout, policies) },
            },
          ],
        };
      },
    };
  },
};
