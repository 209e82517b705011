// A player is the run: at every moment that it is taken to, it is the world that the run from its seed is there.
import { describe, expect, test } from 'vitest';
import { keyOfRun } from '../../src/core/seed.ts';
import { compileScenario } from '../../src/models/market/file/compile.ts';
import { TWIN } from '../../src/replay/fork.ts';
import { logOf } from '../../src/replay/log.ts';
import { momentOf } from '../../src/replay/moment.ts';
import type { Script } from '../../src/replay/script.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import { rehearsed, smallExperiment } from './small.ts';

const experiment = smallExperiment();
const script: Script = { experiment, policy: 'flat', shock: 0, run: 1 };
const player = rehearsed(script);

function fresh(until_us: number, engineOffAt = Infinity): Simulation {
  const simulation = new Simulation(compileScenario(experiment, { policy: 'flat', shock: 0 }));
  simulation.start(keyOfRun(experiment.seed, 1));
  if (engineOffAt <= until_us) {
    simulation.run(engineOffAt);
    simulation.only.house.switchEngineOff();
  }
  simulation.run(until_us);
  return simulation;
}

describe('a player', () => {
  test('ends with the world of the run', () => {
    const run = fresh(experiment.until_us);
    expect(player.hash).toBe(run.hash());
    expect(player.track.liquidations.at(-1)).toBe(run.only.house.liquidationCount);
    expect(run.only.house.liquidationCount).toBeGreaterThan(20);
  });

  test.each([12.3, 0, 19.999999, 10, 9.999999, 15.5, 10.000001, 20])(
    'is the run at %s s, whatever was looked at before',
    (s) => {
      const time = Math.round(s * 1e6);
      player.seek(time);
      expect(player.simulation.hash()).toBe(fresh(time).hash());
    },
  );

  test('goes to an event by its number, forwards and backwards', () => {
    const events = [700, 701, 100, 699];
    for (const n of events) {
      player.seekEvent(n);
      const run = new Simulation(compileScenario(experiment, { policy: 'flat', shock: 0 }));
      run.start(keyOfRun(experiment.seed, 1));
      for (let i = 0; i < n; i++) run.step(experiment.until_us);
      expect(player.events).toBe(n);
      expect(player.simulation.hash()).toBe(run.hash());
    }
  });

  test('plays the twin, in which nobody is called from just before the shock on', () => {
    const twin = rehearsed({ ...script, fork: TWIN });
    expect(twin.hash).toBe(fresh(experiment.until_us, 10e6 - 1).hash());
    for (const time of [9e6, 11e6, 9_999_999, 20e6]) {
      twin.seek(time);
      expect(twin.simulation.hash()).toBe(fresh(time, 10e6 - 1).hash());
    }
    // By single events across the shock, too.
    twin.seek(9_900_000);
    while (twin.now_us < 12e6 && twin.step());
    const there = twin.now_us;
    twin.seek(there); // and what else happens at this time
    expect(twin.simulation.hash()).toBe(fresh(there, 10e6 - 1).hash());
  });

  test('counts in its track every lot that traded', () => {
    const { track } = player;
    const sum = (column: Float64Array): number => column.reduce((a, b) => a + b, 0);
    const run = fresh(experiment.until_us);
    expect(sum(track.bought) + sum(track.sold)).toBe(run.only.tables.prices.volume[0]);
    let forced = 0;
    for (let row = 0; row < run.only.house.liquidationCount; row++)
      forced += run.only.house.liquidations.filled[row]!;
    expect(sum(track.forced)).toBe(forced);
  });

  test('has the whole book in its heat map', () => {
    player.seek(5e6);
    const { track } = player;
    const { venue } = player.view;
    const { heat } = track;
    const moment = track.time_us.indexOf(5e6);
    const [low, high] = [heat.first[moment]! * heat.width, (heat.first[moment]! + heat.rows) * heat.width];
    let bids = 0;
    for (let price = low; price < high; price++) {
      bids += venue.ledger.contracts.notional(0, venue.book.lotsAt(0, 0, price), price);
    }
    const row = heat.depth.subarray(moment * heat.rows, (moment + 1) * heat.rows);
    const painted = row.reduce((a, b) => a + Math.max(0, -b), 0);
    expect(painted / (bids / experiment.quantaPerUnit)).toBeCloseTo(1, 4);
  });

  test('a moment adds up: accounts, depth, money', () => {
    player.seek(20e6);
    const { venue } = player.view;
    const mark = venue.ledger.marks[0]!;
    const moment = momentOf(player.view, { low: 1, step: 1000, steps: Math.ceil((3 * mark) / 1000) });
    let held = 0;
    let waiting = 0;
    for (let account = 0; account < venue.tables.accounts.quote.length; account++) {
      if (venue.tables.accounts.margined[account] === 0 || venue.ledger.isFlat(account)) continue;
      held++;
      if (venue.tables.accounts.stage[account] === 0) waiting += venue.ledger.notional(account, 0);
    }
    expect(moment.positions).toBe(held);
    expect(moment.health.reduce((a, b) => a + b, 0)).toBe(held);
    const longs = moment.longs.reduce((a, b) => a + b, 0);
    expect(longs).toBeGreaterThan(0);
    expect(longs).toBeLessThanOrEqual(waiting / experiment.quantaPerUnit + 1);
  });

  test('the log has each call, forced order and loss once, in order of time', () => {
    player.seek(experiment.until_us);
    const { house } = player.view.venue;
    const log = logOf(player.view, String);
    expect(log.filter(({ kind }) => kind === 'forced')).toHaveLength(house.liquidationCount);
    expect(log.filter(({ text }) => text.includes('breaks at'))).toHaveLength(house.callCount);
    expect(log.filter(({ kind }) => kind === 'loss' || kind === 'taken')).toHaveLength(house.losses.count);
    expect(log.every(({ time_us }, i) => i === 0 || time_us >= log[i - 1]!.time_us)).toBe(true);
  });
});
