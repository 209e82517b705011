// A market that something is done to: what it answers, on the calibrated market and on a book that never moves by itself.
import { describe, expect, test } from 'vitest';
import type { MarketExperiment } from '../../../src/models/experiment.ts';
import { compileScenario, readExperiment } from '../../../src/models/experiment.ts';
import { responseCard } from '../../../src/lab/scorecard/response.ts';
import { responderOf } from '../../../src/lab/scorecard/response-task.ts';
import { START_S, Treatment } from '../../../src/scorecard/response/treat.ts';
import { programme, RECOVERY_S, SIZES_M } from '../../../src/scorecard/response/treatments.ts';
import { SECOND } from '../../../src/core/units.ts';
import { tickLotOf } from '../../contracts/tick-lot.ts';

function read(file: string, sets: string[] = []): MarketExperiment {
  return readExperiment(file, { sets }) as MarketExperiment;
}

test('a programme trades its value, all of it, in its time', () => {
  const experiment = read('experiments/market.yaml');
  const policy = Object.keys(experiment.policies)[0]!;
  const scenario = compileScenario(experiment, { policy, shock: 0 });
  for (const [millions, orders, count] of [
    [10, 1, 30],
    [-10, 100, 3000],
    [-30, 0, 1],
  ] as const) {
    const shock = programme(millions, orders, scenario.quantaPerUnit);
    expect(shock.at_us).toBe(START_S * SECOND);
    const trades: number[] = [];
    let elapsed = 0;
    const actions = {
      reference: () => 600_000,
      lotValue: (_: number, price: number) => price * tickLotOf(scenario.venues[0]!.instruments[0]!.contract),
      trade: (_: number, lots: number) => void trades.push(lots),
      jump: () => undefined,
      suspend: () => undefined,
    };
    for (let step = 0, delay = 0; delay >= 0; step++) {
      delay = shock.step(step, actions);
      if (delay >= 0) elapsed += delay;
    }
    expect(trades).toHaveLength(count);
    // 10 million at 60,000 a coin, of lots of a thousandth
    const lots = trades.reduce((sum, one) => sum + one, 0);
    expect(lots).toBe(Math.round((millions * 1e6) / 60));
    expect(elapsed).toBeLessThan(30 * SECOND);
  }
});

describe('the calibrated market', () => {
  const experiment = read('experiments/market.yaml');
  const responder = responderOf(experiment);
  const run = responder.run('test/response');

  test('moves by about the root of what is traded, and hardly by how it is cut', () => {
    expect(run.impact).toHaveLength(SIZES_M.length);
    // One luck: wide ranges.
    expect(run.impact[3]).toBeGreaterThan(0.0003);
    expect(run.impact[3]).toBeLessThan(0.0009);
    expect(run.impact[5]! / run.impact[3]!).toBeGreaterThan(10 ** 0.3);
    expect(run.impact[5]! / run.impact[3]!).toBeLessThan(10 ** 0.7);
    expect(Math.max(...run.split) / Math.min(...run.split)).toBeLessThan(1.5);
  });

  test('has its depth and spread back, and follows the price elsewhere', () => {
    expect(run.depth).toHaveLength(RECOVERY_S.length);
    expect(run.depth[0]).toBeLessThan(0.95);
    expect(run.depth[120]).toBeGreaterThan(run.depth[0]! + 0.03);
    expect(run.spread[0]).toBeGreaterThan(10);
    expect(run.spread[10]).toBeLessThan(run.spread[0]! / 2);
    expect(run.followed).toBeGreaterThan(0.9);
    expect(run.followed).toBeLessThan(1.05);
  });

  test('gives the same numbers again', () => {
    expect(responder.run('test/response')).toEqual(run);
  });

  test('has no intervals from too few runs, and a verdict from each mean', () => {
    const card = responseCard(experiment, [run]);
    expect(card.runs).toBe(1);
    for (const { value } of card.answers) expect(value.low).toBeNaN();
    const followed = card.answers.find(({ name }) => name === 'index followed')!;
    expect([followed.value.value, followed.holds]).toEqual([run.followed, true]);
    const stuck = responseCard(experiment, [{ ...run, followed: 0.5 }]);
    expect(stuck.held).toBe(card.held - 1);
  });
});

test('where nobody believes in trades nothing of an impact stays', () => {
  const experiment = read('experiments/market.yaml', ['market.instruments.BTCUSDT.flow.impact=1e-9']);
  const scenario = compileScenario(experiment, { policy: 'binance', shock: 0 });
  const bought = new Treatment(scenario, programme(10, 1, scenario.quantaPerUnit), [40]).run('belief');
  const base = new Treatment(scenario, undefined, [40]).run('belief');
  expect(Math.abs(bought.middle[0]! / base.middle[0]! - 1)).toBeLessThan(0.0002);
});
