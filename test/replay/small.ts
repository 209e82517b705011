/** A small market with a cascade in it, for tests of the replay. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MarketExperiment } from '../../src/models/experiment.ts';
import { readExperiment } from '../../src/models/experiment.ts';
import { Player } from '../../src/replay/player.ts';
import type { Script } from '../../src/replay/script.ts';

export const SMALL = `question: Does it <b>hold</b>?
seed: replayed
until: 20 s
runs: 3
market:
  instruments:
    - { name: BTC, tick: 10 USDT, lot: 0.001 BTC, price: 50000 USDT, book: { flat: { lots_per_tick: 2000, ticks: 2000 } }, mark: { rule: smoothed, half_life: 500 ms } }
  latency: { order: 2 ms, mark: 50 ms, liquidation: 20 ms, notice: 1 s }
population:
  - { kind: noise, count: 10 }
  - kind: leveraged-holder
    name: longs
    count: 150
    open_interest: 300 BTC
    params: { side: 1, leverage: { lognormal: [2.8, 0.5], max: 30 }, answer_time: 2 s }
shock: { kind: sell-programme, at: 10 s, over: 5 s, notional: 24e6 }
policies:
  flat: { margin: { rule: flat, leverage: 30 }, ladder: immediate, insurance_fund: 1e5 }
  calls: { margin: { rule: flat, leverage: 30 }, ladder: call-then-partial, insurance_fund: 1e5 }
`;

export function smallExperiment(text = SMALL): MarketExperiment {
  const folder = mkdtempSync(join(tmpdir(), 'unwind-replay-'));
  try {
    const file = join(folder, 'small.yaml');
    writeFileSync(file, text);
    const experiment = readExperiment(file, {});
    if (experiment.model !== 'market') throw new Error('the small experiment is a market');
    return experiment;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function rehearsed(script: Script): Player {
  const rehearsal = Player.rehearse(script);
  for (;;) {
    const { done, value } = rehearsal.next();
    if (done === true) return value;
  }
}
