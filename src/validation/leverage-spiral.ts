/**
 * V11: what a first fall becomes where funds keep their leverage, in the real book; and V16 on it: a provider of its depth
 * leaves. The first fall is that of the same market while the funds do not look.
 */
import { contractOf } from '../contracts/contracts.ts';
import { leverageSpiral } from '../models/leverage-spiral.ts';
import { momentsOf } from '../stats/intervals/moments.ts';
import type { Scenario } from '../sim/scenario/scenario.ts';
import { cells, compileScenario } from '../models/market/file/compile.ts';
import { printed } from './estimates.ts';
import { runsOf } from './runs.ts';
import type { Check, Validation, ValidationOptions } from './validation.ts';
import { check } from './validation.ts';

const FILE = 'leverage-spiral.yaml';

/** Of the ratio: second-order terms, whole lots, and a first fall of a thousand ticks. */
const TOLERANCE = 0.01;

/** What is said of a row, the number as published, and what differs from the file. */
const ROWS: readonly (readonly [string, string | undefined, readonly string[]])[] = [
  ['', '1.8182', []],
  ['', '3.5714', ['population[0].params.wealth=40e6 USDT']],
  [
    'one of five providers gone, ',
    undefined,
    ['market.instruments[0].book.flat.lots_per_tick=8', 'shock.lots=8000'],
  ],
];

const ASLEEP = 'population[0].params.every=3650 d';

export const leverageSpiralCheck: Validation = {
  name: 'leverage-spiral',
  about: 'V11, V16: funds that keep their leverage make a fall deeper, on a flat book (Adrian, Shin 2010)',
  async run(options) {
    const checks: Check[] = [];
    for (const [name, number, sets] of ROWS) checks.push(...(await one(name, number, sets, options)));
    return checks;
  },
};

async function one(
  name: string,
  number: string | undefined,
  sets: readonly string[],
  options: ValidationOptions,
): Promise<Check[]> {
  const runs = await runsOf(FILE, 'market', sets, options);
  const { experiment } = runs;
  const scenario = compileScenario(experiment, cells(experiment)[0]!);
  const spiral = spiralOf(scenario);
  if (spiral === undefined) return []; // no result is known
  const { leverage, share } = spiral;
  const exact = leverageSpiral(leverage, share, 1);
  if (exact === Infinity) return [];
  const first = await runsOf(FILE, 'market', sets, { ...options, sets: [...options.sets, ASLEEP] });
  const total = runs.cells[0]!['drop']!;
  const ratios = Array.from(total, (drop, i) => drop / first.cells[0]!['drop']![i]!);
  const { n, mean, sd } = momentsOf(ratios);
  const target = number === undefined ? exact : printed(number, exact);
  const what = `${name}L = ${short(leverage)}, A/D = ${short(share)}: total fall over the first`;
  return [check(what, target, mean, n > 1 ? sd / Math.sqrt(n) : NaN, TOLERANCE * target)];
}

/** L and A/D of a market of funds that are all alike and hold nothing back, on a flat book; undefined for another. */
function spiralOf(scenario: Scenario): { leverage: number; share: number } | undefined {
  const [instrument, ...others] = scenario.venues.flatMap(({ instruments }) => instruments);
  const { price, lots } = instrument!.bids;
  const flat = lots.every((count, i) => count === lots[0] && price[i]! === price[0]! - i);
  if (!flat || lots.length === 0 || others.length > 0) return undefined;
  let assets = 0;
  let common = NaN;
  for (const { kind, count, params } of scenario.groups) {
    const { leverage, wealth } = params;
    if (kind.kind !== 'leverage-fund' || leverage?.kind !== 'constant' || wealth?.kind !== 'constant')
      return undefined;
    if (!Number.isNaN(common) && common !== leverage.value) return undefined;
    common = leverage.value;
    assets += count * leverage.value * wealth.value;
  }
  const depth = contractOf(instrument!.contract).notional(lots[0]!, instrument!.price) * instrument!.price;
  return Number.isNaN(common) || common < 1 ? undefined : { leverage: common, share: assets / depth };
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
