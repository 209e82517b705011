import {
  AT_ANY_PRICE,
  CLOSE_SHARE,
  INSURANCE,
  defineAgent,
  defineContract,
  defineLayer,
  defineMarginRule,
  defineMark,
  defineMeasure,
  defineRung,
  defineScore,
  defineShock,
  defineWrapper,
  duration,
  meanOfThose,
  notionalOf,
  ratePpm,
  real,
  seconds,
  setting,
  shareOf,
  size,
  z,
} from 'unwind';

/** Buys after falls. */
export const contrarian = defineAgent({
  kind: 'contrarian',
  about: 'Buys when the price is below its average, and sells above.',
  params: { every: duration('1 s', 'Time between looks.'), size: size('5e3 USDT', 'What it trades.') },
  state: { average: 'f64' },
  born(me, birth) {
    me.average = birth.mark;
  },
  wake(me, market, rng) {
    me.average += 0.1 * (market.mid - me.average);
    if (market.mid < me.average) market.buy(Math.trunc(me.size));
    else market.sell(Math.trunc(me.size));
    return seconds(rng.exponential(me.every / 1e6));
  },
});

export const plain = defineMarginRule({
  name: 'plain',
  about: 'One rate.',
  settings: z.strictObject({ share: setting.share().describe('Of notional.') }),
  compile({ share }, { instruments }) {
    const ppm = ratePpm(share);
    const notional = notionalOf(instruments);
    const need = (i: number, lots: number, mark: number) => shareOf(notional(i, lots, mark), ppm);
    return { maintenance: need, initial: (i, lots, mark) => 2 * need(i, lots, mark), rate: () => ppm };
  },
});

export const dearer = defineWrapper({
  name: 'dearer',
  about: 'A share more.',
  settings: z.strictObject({ by: setting.share().describe('How much more.') }),
  compile({ by }, _context, inner) {
    const ppm = 1_000_000 + ratePpm(by);
    return {
      ...inner,
      maintenance: (i, lots, mark) => shareOf(inner.maintenance(i, lots, mark), ppm),
      initial: (i, lots, mark) => shareOf(inner.initial(i, lots, mark), ppm),
    };
  },
});

export const half = defineRung({
  name: 'half',
  about: 'Closes half of it.',
  settings: { wait: setting.duration().prefault('1 s').describe('Until the next half.') },
  compile: ({ wait }) => ({
    visit(_distress, decision) {
      decision.close = CLOSE_SHARE;
      decision.close_ppm = 500_000;
      decision.limit = AT_ANY_PRICE;
      decision.wait_us = wait;
      decision.next = false;
    },
  }),
});

export const first = defineLayer({
  name: 'first-half',
  about: 'The fund pays half of a debt while it can.',
  settings: z.strictObject({}),
  compile: () => ({
    pay(loss, owed) {
      const paid = Math.min(Math.ceil(owed / 2), Math.max(0, loss.ledger.equity(INSURANCE)));
      if (paid > 0) loss.charge(INSURANCE, paid);
      return paid;
    },
  }),
});

export const slow = defineMark({
  name: 'slow',
  about: 'Half of the last mark, half of the middle.',
  settings: z.strictObject({}),
  compile: () => ({
    sample: ({ bid, ask, previous }) => (bid > 0 && ask > 0 ? (previous + (bid + ask) / 2) / 2 : previous),
  }),
});

export const twice = defineShock({
  name: 'twice',
  about: 'Two sales.',
  settings: z.strictObject({
    at: setting.duration().describe('When.'),
    lots: setting.lots().describe('Each.'),
  }),
  compile: ({ at, lots }) => ({
    at_us: at,
    step(step, actions) {
      actions.trade(0, -lots);
      return step === 0 ? 1_000_000 : -1;
    },
  }),
});

export const wide = defineMeasure({
  name: 'wide',
  about: 'Widest spread.',
  columns: [real('widest_spread', 'ticks', 'Widest spread after the shock, of samples 1 s apart.')],
  atShock: (run) => run.set('widest_spread', 0),
  sample(run) {
    const { book } = run.venue;
    const spread = book.bestAsk(0) - book.bestBid(0);
    if (spread > run.get('widest_spread')) run.set('widest_spread', spread);
  },
  metrics: (runs) => ({ widest_spread: meanOfThose(runs['widest_spread']!, 'the book was empty', 0) }),
});

export const owed = defineScore({
  name: 'owed',
  about: 'Share of the fund that is gone.',
  keeps: () => 1,
  begin({ ledger }, kept) {
    kept[0] = ledger.equity(INSURANCE);
  },
  now: ({ ledger }, kept) => Math.max(0, 1 - ledger.equity(INSURANCE) / kept[0]!),
});

export const mini = defineContract({
  kind: 'mini',
  about: 'A linear contract of which a lot is a tenth.',
  settings: {},
  terms: (_, { tick, lot, quantaPerUnit }) => ({
    kind: 'mini',
    unit: tick.times(lot).times(quantaPerUnit).toNumber(),
  }),
  compile: ({ unit }: { kind: string; unit: number }) => ({
    value: (lots, price) => lots * price * unit,
    notional: (lots, price) => lots * price * unit,
    gain: (lots, from, to) => lots * (to - from) * unit,
    dearer: (lots, mark, price) => lots * (price - mark) * unit,
    move: (lots, _mark, quanta) => quanta / (lots * unit),
  }),
});
