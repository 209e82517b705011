/** How far markets are from the data they were fitted to: each moment in the standard errors of its target. */
import type { CalibrateResults } from '../results.ts';
import { errorsFromTarget, momentName } from '../words/calibrated.ts';
import type { Figure } from './figure.ts';
import { axis, coloured, SCHEMA, shaped, ZERO_LINE } from './parts.ts';

/** Beyond so many standard errors a moment is simply far: it is drawn at the edge. */
const FAR = 20;

export const moments: Figure<CalibrateResults> = {
  id: 'moments',
  of: 'calibrate',
  draw({ result }) {
    const { aims, as_it_stands, best, posterior: left, fresh_runs, checked_draws } = result;
    const markets = [
      ['as it stands', as_it_stands],
      ['best market', best],
      ['posterior', left],
    ] as const;
    const near = (value: number): number => Math.max(-FAR, Math.min(FAR, value));
    const values = aims.flatMap((aim, i) =>
      markets.flatMap(([policy, { moments: all }]) => {
        const { value, low, high } = all[i]!;
        if (!Number.isFinite(value)) return [];
        const at = (one: number): number => near(errorsFromTarget(aim, one));
        return [{ policy, moment: momentName(aim), value: at(value), low: at(low), high: at(high) }];
      }),
    );
    if (values.length === 0) return undefined;
    const names = aims.map(momentName);
    const isCut = values.some(({ low, high }) => low === -FAR || high === FAR);
    return {
      title: 'Moments against their targets',
      shows: `Zero is the target, one its standard error; held-out moments were not fitted.${isCut ? ` What is further than ${FAR} is drawn there.` : ''}`,
      runs: `n = ${fresh_runs} runs on fresh seeds, ${checked_draws} draws of the posterior`,
      bands:
        '95 % intervals: of a market what luck moves it by, of the posterior what the data leave open, too',
      spec(layout) {
        const longest = Math.max(...names.map((name) => name.length));
        const all = markets.map(([name]) => name);
        return {
          $schema: SCHEMA,
          width: Math.max(120, layout.width - 30 - Math.min(220, longest * 7)),
          height: names.length * 34,
          data: { values },
          encoding: {
            y: { field: 'moment', type: 'nominal', sort: names, title: null, axis: { grid: false } },
            yOffset: { field: 'policy', sort: all, scale: { domain: all } },
            color: coloured(layout, all),
          },
          layer: [
            {
              ...ZERO_LINE,
              encoding: {
                x: { datum: 0, type: 'quantitative' },
                y: null,
                yOffset: null,
                color: null,
              } as never,
            },
            {
              mark: { type: 'rule', aria: false },
              encoding: {
                x: {
                  field: 'low',
                  type: 'quantitative',
                  title: 'standard errors from the target',
                  axis: axis(',~f', 5),
                },
                x2: { field: 'high' },
              },
            },
            {
              mark: { type: 'point', size: 50 },
              encoding: { x: { field: 'value', type: 'quantitative' }, shape: shaped(layout, all) },
            },
          ],
        };
      },
    };
  },
};
