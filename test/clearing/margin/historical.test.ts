// Historical and filtered historical simulation, and expected shortfall, against their definitions over plain arrays.
import { describe, expect, test } from 'vitest';
import { filtered } from '../../../src/clearing/margin/filtered-historical.ts';
import { realCloses } from '../../sim/real-data.ts';
import { marginOf, refusalOf } from '../desk.ts';

type Measure = 'var' | 'es';
const hourly = { horizon: '1 h', interval: '1 h' };
const closes = realCloses();
const returns = Array.from(closes.slice(1), (close, i) => Math.log(close / closes[i]!));

/** Worse side's loss at 99 %: the ⌈.99 n⌉-th smallest, or the mean of the largest 1 %. */
function worst(values: readonly number[], measure: Measure, confidence: number): number {
  const side = (sign: number): number => {
    const losses = values.map((value) => sign * value).sort((a, b) => a - b);
    const n = losses.length;
    const rank = Math.ceil(confidence * n - 1e-9);
    if (measure === 'var') return losses[rank - 1]!;
    const beyond = losses.slice(rank).reduce((sum, loss) => sum + loss, 0);
    return (beyond + (rank - confidence * n) * losses[rank - 1]!) / ((1 - confidence) * n);
  };
  return Math.max(side(1), side(-1));
}

const ppm = (rate: number) => Math.ceil(rate * 1e6 - 1e-6);
const MARKS = [61_000, 60_500, 64_000, 58_000, 58_000, 59_100];

describe.each<[Measure, number]>([
  ['var', 0.99],
  ['es', 0.99],
  ['es', 0.975],
])('historical simulation (%s at %d)', (measure, confidence) => {
  const settings = { rule: 'historical', history: 'closes', window: 500, measure, confidence, ...hourly };

  test('begins with the last returns of the history and goes on with the marks', () => {
    const margin = marginOf(settings, { marks: [60_000] });
    const window = returns.slice(-500);
    expect(margin.rate(0)).toBe(ppm(worst(window, measure, confidence)));
    expect(margin.maintenance(0, 3, 60_000)).toBe(Math.ceil((180_000 * margin.rate(0)) / 1e6));
    let before = 60_000;
    for (const mark of MARKS) {
      margin.update!(0, mark);
      window.shift();
      window.push(Math.log(mark / before));
      before = mark;
      expect(margin.rate(0)).toBe(ppm(worst(window, measure, confidence)));
    }
  });
});

describe('historical simulation', () => {
  test('scales returns to the horizon by the root of time', () => {
    const settings = { rule: 'historical', history: 'closes', window: 500, interval: '1 min' };
    const hour = marginOf({ ...settings, horizon: '1 h' }, { marks: [60_000] });
    const day = marginOf({ ...settings, horizon: '1 d', history_step: '1 h' }, { marks: [60_000] });
    expect(day.rate(0) / hour.rate(0)).toBeCloseTo(Math.sqrt(24), 3);
    hour.update!(0, 63_000); // 5 % in a minute
    expect(hour.rate(0)).toBeLessThan(60_000);
    const short = marginOf({ ...settings, window: 2, horizon: '1 h' }, { marks: [60_000] });
    short.update!(0, 60_060);
    expect(short.rate(0)).toBe(ppm(Math.log(1.001) * Math.sqrt(60)));
    short.update!(0, 60_060, 30e6);
    short.update!(0, 60_000, 15e6);
    expect(short.rate(0)).toBe(ppm(Math.log(1.001) * Math.sqrt(240)));
  });

  test('without a history starts from a volatility', () => {
    const margin = marginOf({ rule: 'historical', volatility: '3 %', window: 4, ...hourly });
    expect(margin.rate(0)).toBe(30_000);
    margin.update!(0, 1100);
    margin.reset!(0, 1000);
    expect(margin.rate(0)).toBe(30_000);
  });
});

describe.each<Measure>(['var', 'es'])('filtered historical simulation (%s)', (measure) => {
  test('is today’s volatility times the loss of standardised returns', () => {
    const settings = { history: 'closes', window: 300, measure, decay: 0.94, ...hourly };
    const margin = marginOf({ rule: 'filtered-historical', ...settings }, { marks: [60_000] });
    let variance = returns.reduce((sum, r) => sum + r * r, 0) / returns.length;
    const z: number[] = [];
    const take = (r: number) => {
      z.push(r / Math.sqrt(variance));
      variance = 0.94 * variance + 0.06 * r * r;
    };
    returns.forEach(take);
    const expected = () => Math.sqrt(variance) * worst(z.slice(-300), measure, 0.99);
    expect(margin.rate(0) / 1e6).toBeCloseTo(expected(), 5);
    let before = 60_000;
    for (const mark of MARKS) {
      margin.update!(0, mark);
      take(Math.log(mark / before));
      before = mark;
      expect(Math.abs(margin.rate(0) - 1e6 * expected())).toBeLessThan(1.001);
    }
  });
});

describe('filtered historical simulation', () => {
  test('of a history without moves has nothing to rescale', () => {
    expect(filtered(Float64Array.of(0, 0, 0.01), 0.9)).toEqual({
      standardised: Float64Array.of(0, 0, 0.01 / Math.sqrt((1e-4 / 3) * 0.81)),
      variance: expect.closeTo((1e-4 / 3) * 0.729 + 1e-5, 18) as number,
    });
    expect([...filtered(Float64Array.of(0, 0), 0.9).standardised]).toEqual([0, 0]);
  });

  test('begins a new run where the first did', () => {
    const margin = marginOf({ rule: 'filtered-historical', history: 'closes', window: 50, ...hourly });
    const first = margin.rate(0);
    margin.update!(0, 1500);
    expect(margin.rate(0)).toBeGreaterThan(2 * first);
    margin.reset!(0, 1000);
    expect(margin.rate(0)).toBe(first);
  });
});

describe('a parametric margin', () => {
  // φ(z)/(1 − c) = 2.665214 at 99 %, 2.337803 at 97.5 %
  test.each([
    ['var', 0.99, 23_264],
    ['es', 0.99, 26_653],
    ['es', 0.975, 23_379],
  ])('(%s at %d) of 1 %% volatility is %i ppm', (measure, confidence, rate) => {
    const margin = marginOf({ rule: 'ewma-var', volatility: '1 %', measure, confidence, ...hourly });
    expect(margin.rate(0)).toBe(rate);
    expect(margin.maintenance(0, 1000, 1000)).toBe(rate);
    expect(margin.initial(0, 1000, 1000)).toBe(Math.ceil(1.5 * rate));
  });

  test('by elapsed time: two halves of a horizon weigh like one', () => {
    const halves = marginOf({ rule: 'ewma-var', volatility: '1 %', decay: 0.81, ...hourly });
    halves.update!(0, 1020, 1800e6);
    const r = Math.log(1.02);
    const half = 0.9 * 1e-4 + 0.1 * 2 * r * r;
    expect(halves.rate(0)).toBe(ppm(2.3263478740408408 * Math.sqrt(half)));
    halves.update!(0, 1020, 1800e6);
    expect(halves.rate(0)).toBe(ppm(2.3263478740408408 * Math.sqrt(0.9 * half)));
  });

  test('over a day from an hourly history decays by the hour’s part', () => {
    const settings = {
      rule: 'ewma-var',
      history: 'closes',
      horizon: '1 d',
      history_step: '1 h',
      decay: 0.94,
    };
    let variance = returns.reduce((sum, r) => sum + 24 * r * r, 0) / returns.length;
    const decay = 0.94 ** (1 / 24);
    for (const r of returns) variance = decay * variance + (1 - decay) * 24 * r * r;
    expect(marginOf(settings).rate(0)).toBe(ppm(2.3263478740408408 * Math.sqrt(variance)));
  });

  test.each([
    [{}, 'margin.history: give either a history, or a volatility above 0'],
    [
      { history: 'closes', volatility: 0.1 },
      'margin.history: give either a history, or a volatility above 0',
    ],
    [{ volatility: 0 }, 'margin.volatility: must be above 0 and at most 10, got 0'],
  ])('from %j is refused', (settings, message) => {
    for (const rule of ['ewma-var', 'historical', 'filtered-historical']) {
      expect(refusalOf({ rule, ...settings })).toBe(message);
    }
  });
});
