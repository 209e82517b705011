/**
 * Buffer on any rule: max(min((1 + b) · M, N · release), M). In quiet times a share b is held on top; when the requirement
 * itself rises towards the release level the buffer is used up, and only what exceeds it is called.
 * Source: EMIR RTS 153/2013 Art. 28(1)(a), b ≥ 25 %; Bank of England, Financial Stability Paper 29 (2014).
 */
import { z } from 'zod';
import { multiple } from '../../core/settings.ts';
import { historyFiles } from './risk-measure.ts';
import { referenceFactor, referenceRate, referenceSettings } from './reference-rate.ts';
import { cappedPpm, defineMarginWrapper, notionalOf, PPM, ratePpm, shareOf } from './rule.ts';

export const buffer = defineMarginWrapper({
  name: 'buffer',
  about:
    'A share held on top of the requirement, used up where the requirement itself rises to a release level.',
  settings: z.strictObject({
    share: multiple({ above: 0, most: 10 }).prefault('25 %').describe('Buffer over the requirement.'),
    ...referenceSettings('Release level: maintenance margin up to which the buffer is held'),
    initial_factor: referenceFactor.describe(
      'Release level of initial margin over that of maintenance margin.',
    ),
  }),
  files: historyFiles,
  compile({ share, initial_factor, ...reference }, { instruments, data }, inner) {
    const bufferedPpm = ratePpm(1 + share);
    const release = cappedPpm(referenceRate(reference, data));
    const releaseInitial = Math.min(PPM, ratePpm((release / PPM) * initial_factor));
    const notional = notionalOf(instruments);
    const held = (required: number, releasedAt: number): number => {
      const buffered = shareOf(required, bufferedPpm);
      const most = buffered < releasedAt ? buffered : releasedAt;
      return most > required ? most : required;
    };
    return {
      ...inner,
      maintenance: (instrument, lots, mark) =>
        held(inner.maintenance(instrument, lots, mark), shareOf(notional(instrument, lots, mark), release)),
      initial: (instrument, lots, mark) =>
        held(
          inner.initial(instrument, lots, mark),
          shareOf(notional(instrument, lots, mark), releaseInitial),
        ),
      rate(instrument) {
        const rate = inner.rate(instrument);
        const buffered = (rate * bufferedPpm) / PPM;
        const most = buffered < release ? buffered : release;
        return most > rate ? most : rate;
      },
    };
  },
});
