// A layer of the loss waterfall: who pays what a liquidated account still owes. An experiment names this file under
// `plugins: [./my-layer.ts]`, and the layer in policies.NAME.waterfall: [{ layer: my-layer, share: 50 % }, { layer: write-off }].
// Its test: node --test my-layer.test.mjs
import { INSURANCE, defineLayer, setting, z } from 'unwind';

export default defineLayer({
  name: 'my-layer',
  about: 'The insurance fund pays a share of each debt, as long as it has money.',
  settings: z.strictObject({ share: setting.share({ above: 0 }).describe('Of the debt.') }),
  compile: ({ share }) => ({
    // Pays at most `owed` quanta by loss.charge, and says how much; the next layer is asked for the rest.
    pay(loss, owed) {
      const money = Math.max(0, loss.ledger.equity(INSURANCE));
      const paid = Math.min(owed, Math.ceil(owed * share), money);
      if (paid > 0) loss.charge(INSURANCE, paid);
      return paid;
    },
  }),
});
