// A rung of a call ladder: one way to act on an account in distress. An experiment names this file under `plugins: [./my-rung.ts]`,
// and the rung in a ladder: policies.NAME.ladder: [{ rung: my-rung, wait: 1 s }]. Its test: node --test my-rung.test.mjs
import { AT_ANY_PRICE, CLOSE_SHARE, defineRung, setting } from 'unwind';

export default defineRung({
  name: 'my-rung',
  about: 'Closes a share of every position, waits, and closes as much of the rest again.',
  // `at` (the health at or below which it acts) is added by itself.
  settings: {
    fraction: setting.share({ above: 0 }).prefault('50 %').describe('What it closes of what is left.'),
    wait: setting.duration({ positive: true }).prefault('1 s').describe('Until it acts again.'),
  },
  compile: ({ fraction, wait }) => ({
    // Shown how the account stands (equity, maintenance … in quanta), it sets what is to be done. It never touches the book.
    visit(_distress, decision) {
      decision.close = CLOSE_SHARE;
      decision.close_ppm = Math.round(fraction * 1e6);
      decision.limit = AT_ANY_PRICE;
      decision.wait_us = wait;
      decision.next = false; // it goes on acting, until the account is healthy
    },
  }),
});
