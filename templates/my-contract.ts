// A kind of contract: what lots are worth at a price. An experiment names this file under `plugins: [./my-contract.ts]`, and the
// kind under market.instruments[].contract: my-contract. Its test: node --test my-contract.test.mjs
import { defineContract } from 'unwind';

export default defineContract({
  kind: 'my-contract',
  about: 'A linear contract of which a lot counts for a tenth of its size.',
  settings: {},
  // From what the file says (exact decimals) to plain data: quanta that a lot gains a tick. Must be whole.
  terms: (_settings, { tick, lot, quantaPerUnit }) => ({
    kind: 'my-contract',
    unit: tick.times(lot).times(quantaPerUnit).div(10).toNumber(),
  }),
  // Money that must be whole quanta.
  finest: ({ tick, lot }) => tick.times(lot).div(10),
  // Lots are signed, prices ticks, money quanta. What one side pays the other gets, to the quantum.
  compile: ({ unit }: { kind: string; unit: number }) => ({
    value: (lots, price) => lots * price * unit,
    notional: (lots, price) => lots * price * unit,
    gain: (lots, from, to) => lots * (to - from) * unit,
    dearer: (lots, mark, price) => lots * (price - mark) * unit,
    move: (lots, _mark, quanta) => quanta / (lots * unit),
  }),
});
