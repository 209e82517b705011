// A score: a number that says how far a market has gone, for events that are too rare for plain runs. An experiment names this file
// under `plugins: [./my-score.ts]`, and the score under `rare:`: { event: my-score >= 50 %, … }. Its test: node --test my-score.test.mjs
import { INSURANCE, defineScore } from 'unwind';

export default defineScore({
  name: 'my-score',
  about: 'Share of the insurance fund that is gone.',
  keeps: () => 1, // numbers that it keeps from the beginning
  begin({ ledger }, kept) {
    kept[0] = ledger.equity(INSURANCE);
  },
  // A share, 0 or more. Asked often: it should be quick.
  now: ({ ledger }, kept) => Math.max(0, 1 - ledger.equity(INSURANCE) / kept[0]!),
});
