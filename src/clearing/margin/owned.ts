/**
 * Margin of what is owned (spot coins), whatever the rule says of contracts: it is paid in full, IM = N, and counts for its
 * value less a haircut from then on, MM = ⌈N · haircut⌉.
 */
import { contractOf } from '../../contracts/contracts.ts';
import type { MarginInstrument, MarginRule } from './rule.ts';
import { cappedPpm, notionalOf, shareOf } from './rule.ts';

/** The rule, with that for those instruments that are owned; the rule itself where none is. `haircut`: a share. */
export function withOwned(
  rule: MarginRule,
  instruments: readonly MarginInstrument[],
  haircut: number,
): MarginRule {
  const owned = instruments.map(({ contract }) => contractOf(contract).owned === true);
  if (!owned.includes(true)) return rule;
  const notional = notionalOf(instruments);
  const ppm = cappedPpm(haircut);
  const { stepDown, positionLimit } = rule;
  return {
    ...rule,
    maintenance: (instrument, lots, mark) =>
      owned[instrument]
        ? shareOf(notional(instrument, lots, mark), ppm)
        : rule.maintenance(instrument, lots, mark),
    initial: (instrument, lots, mark) =>
      owned[instrument] ? notional(instrument, lots, mark) : rule.initial(instrument, lots, mark),
    rate: (instrument) => (owned[instrument] ? ppm : rule.rate(instrument)),
    ...(stepDown && {
      stepDown: (instrument, lots, mark, tiers) =>
        owned[instrument] ? 0 : stepDown(instrument, lots, mark, tiers),
    }),
    ...(positionLimit && {
      positionLimit: (instrument, mark) => (owned[instrument] ? Infinity : positionLimit(instrument, mark)),
    }),
  };
}
