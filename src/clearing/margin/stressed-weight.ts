/**
 * Stressed weight on any rule: (1 − w) · M + w · M_stress. M_stress = N · rate is given, or is a quantile of the absolute
 * returns of a price history, or a quantile of the rule's own requirement over its last updates: what the rule has asked in
 * its most stressed times. Source: EMIR RTS 153/2013 Art. 28(1)(b), w ≥ 25 %.
 */
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { count, share } from '../../core/settings.ts';
import { historyFiles } from './risk-measure.ts';
import { referenceFactor, referenceRate, referenceSettings } from './reference-rate.ts';
import { atMostWhole, cappedPpm, defineMarginWrapper, notionalOf, PPM, ratePpm, shareOf } from './rule.ts';
import { RollingWindow, windowSlots } from './window.ts';
import { wrapping } from './wrapping.ts';

export const stressedWeight = defineMarginWrapper({
  name: 'stressed-weight',
  about: 'A part of the requirement is that of stressed times, whatever the times are.',
  settings: z.strictObject({
    weight: share({ above: 0, below: 1 }).prefault('25 %').describe('Weight w of the stressed requirement.'),
    ...referenceSettings('Stressed maintenance margin'),
    lookback: count({ least: 2, most: 100_000 })
      .optional()
      .describe('With quantile, instead of history: of the rule’s own requirement over so many updates.'),
    initial_factor: referenceFactor.describe('Stressed initial margin over stressed maintenance margin.'),
  }),
  slots: ({ lookback }) => (lookback === undefined ? 0 : windowSlots(lookback)),
  terms: 1,
  files: historyFiles,
  compile(settings, { instruments, data, state, computed, inForce }, inner) {
    const { weight, quantile, lookback, initial_factor, ...reference } = settings;
    const weightPpm = ratePpm(weight);
    const ownPpm = PPM - weightPpm;
    const initialPpm = ratePpm(initial_factor);
    const notional = notionalOf(instruments);
    const own = lookback !== undefined;
    if (own && (quantile === undefined || reference.rate !== undefined || reference.history !== undefined)) {
      throw new ConfigError(['lookback'], 'goes with quantile, without rate and history');
    }
    const fixed = own ? 0 : cappedPpm(referenceRate({ ...reference, quantile }, data, ' or lookback'));
    const window = new RollingWindow(state, windowSlots(lookback ?? 0), 0, lookback ?? 0);
    const part = (instrument: number, lots: number, mark: number): number =>
      shareOf(shareOf(notional(instrument, lots, mark), inForce[instrument]!), weightPpm);
    // Two parts that are rounded up may come to a quantum more than the whole position.
    const mixed = (required: number, stressed: number, whole: number): number =>
      atMostWhole(shareOf(required, ownPpm) + stressed, required, whole);
    const observe = (instrument: number): boolean => {
      const before = computed[instrument];
      window.push(instrument, inner.rate(instrument));
      computed[instrument] = Math.ceil(window.quantile(instrument, quantile!));
      return computed[instrument] !== before;
    };
    return {
      ...inner,
      ...wrapping(inner, undefined, {
        reset(instrument) {
          if (!own) computed[instrument] = fixed;
          else {
            window.clear(instrument);
            observe(instrument);
          }
        },
        update: (instrument) => own && observe(instrument),
      }),
      maintenance: (instrument, lots, mark) => {
        const required = inner.maintenance(instrument, lots, mark);
        return mixed(required, part(instrument, lots, mark), notional(instrument, lots, mark));
      },
      initial(instrument, lots, mark) {
        const required = inner.initial(instrument, lots, mark);
        const stressed = shareOf(part(instrument, lots, mark), initialPpm);
        return mixed(required, stressed, notional(instrument, lots, mark));
      },
      rate: (instrument) => (inner.rate(instrument) * ownPpm + computed[instrument]! * weightPpm) / PPM,
    };
  },
});
