/**
 * Cap on any rule: min(M, N · rate), so that calls in a storm have an end. Initial margin is capped at `initial_factor` times
 * that. Assumes that losses beyond the cap are borne by others (fund, mutualisation).
 */
import { z } from 'zod';
import { historyFiles } from './risk-measure.ts';
import { referenceFactor, referenceRate, referenceSettings } from './reference-rate.ts';
import { cappedPpm, defineMarginWrapper, notionalOf, PPM, ratePpm, shareOf } from './rule.ts';

export const cap = defineMarginWrapper({
  name: 'cap',
  about: 'The requirement never rises above a share of notional; larger losses are left to the waterfall.',
  settings: z.strictObject({
    ...referenceSettings('Highest maintenance margin'),
    initial_factor: referenceFactor.describe('Highest initial margin over highest maintenance margin.'),
  }),
  files: historyFiles,
  compile(settings, { instruments, data }, inner) {
    const most = cappedPpm(referenceRate(settings, data));
    const mostInitial = Math.min(PPM, ratePpm((most / PPM) * settings.initial_factor));
    const notional = notionalOf(instruments);
    return {
      ...inner,
      maintenance(instrument, lots, mark) {
        const highest = shareOf(notional(instrument, lots, mark), most);
        const required = inner.maintenance(instrument, lots, mark);
        return required < highest ? required : highest;
      },
      initial(instrument, lots, mark) {
        const highest = shareOf(notional(instrument, lots, mark), mostInitial);
        const required = inner.initial(instrument, lots, mark);
        return required < highest ? required : highest;
      },
      rate(instrument) {
        const rate = inner.rate(instrument);
        return rate < most ? rate : most;
      },
    };
  },
});
