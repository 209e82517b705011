// The real data that experiments use, for tests of rules that read it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tier } from '../../src/clearing/margin/tiers.ts';

const folder = fileURLToPath(new URL('../../experiments/data/', import.meta.url));

const TIERS = 'leverage_tiers_binance_2024-10-24.json';
const PRICES = 'btcusdt_1h_close_2019-01_2021-06.csv';

/** The published tiers of a contract: [floor, cap, maintenance rate, leverage, amount] in USDT. */
export function realTiers(contract: string): readonly Tier[] {
  const file = JSON.parse(readFileSync(join(folder, TIERS), 'utf8')) as { tiers: Record<string, Tier[]> };
  const table = file.tiers[contract];
  if (table === undefined) throw new Error(`no tiers of ${contract}`);
  return table;
}

let closes: Float64Array | undefined;

/** Hourly closes of BTCUSDT, 2019-01 to 2021-06. */
export function realCloses(): Float64Array {
  closes ??= Float64Array.from(
    readFileSync(join(folder, PRICES), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[1])),
  );
  return closes;
}

/** What a scenario's `data` gives for the names `tiers` and `closes`. */
export function dataFile(name: string): unknown {
  if (name === 'tiers') return realTiers('BTCUSDT');
  if (name === 'closes') return realCloses();
  throw new Error(`no data ${name}`);
}
