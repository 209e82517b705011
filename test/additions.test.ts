// A new plug-in is its file and a line in a list: nobody else names those that there are.
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { sources } from './setup/sources.ts';

const files = sources();

/** Files that a file imports, types left out. */
function importsOf(path: string): string[] {
  const found = files.get(path)!.matchAll(/^(?:import|export) (?!type )[^;]*? from '(\.[^']+)';/gm);
  return [...found].map(([, to]) => posix.join(posix.dirname(path), to!));
}

const importers = (of: string): string[] => [...files.keys()].filter((path) => importsOf(path).includes(of));

/** The list, how its plug-ins declare themselves, and which of them somebody has a use for, too: nobody need know a new one. */
test.each<[string, RegExp, Readonly<Record<string, string[]>>]>([
  ['agents/shipped.ts', /^export default defineAgent\(/m, {}],
  [
    'src/contracts/contracts.ts',
    /^export const \w+ = defineContract\(/m,
    {
      'src/contracts/linear.ts': [
        'src/contracts/spot.ts',
        'src/models/plain-market.ts',
        'src/models/procyclicality/margin-path.ts',
        'src/models/solvable/world.ts',
        'src/models/market/file/collateral.ts',
      ],
    },
  ],
  [
    'src/clearing/margin/index.ts',
    /^export const \w+ = define(?:MarginRule|MarginWrapper)\(/m,
    { 'src/clearing/margin/historical.ts': ['src/clearing/margin/filtered-historical.ts'] },
  ],
  [
    'src/clearing/calls/rungs/index.ts',
    /^export const \w+ = defineRung\(/m,
    { 'src/clearing/calls/rungs/full.ts': ['src/models/plain-market.ts'] },
  ],
  ['src/clearing/waterfall/index.ts', /^export const \w+ = defineLossLayer\(/m, {}],
  [
    'src/sim/shocks/index.ts',
    /^export const \w+ = defineShock\(/m,
    {
      'src/sim/shocks/sale.ts': ['src/models/solvable/world.ts'],
      'src/sim/shocks/sell-programme.ts': ['src/scorecard/response/treatments.ts'],
      'src/sim/shocks/value-jump.ts': ['src/scorecard/response/treatments.ts'],
    },
  ],
  [
    'src/models/market/measures/index.ts',
    /^export const \w+: Measure = /m,
    { 'src/models/market/measures/price.ts': ['src/models/market/measures/cascade.ts'] },
  ],
])('every plug-in of %s is a file that its list imports, and nobody who must', (list, declares, also) => {
  const plugIns = importsOf(list).filter((path) => declares.test(files.get(path)!));
  expect(plugIns.length).toBeGreaterThan(2);
  const used = plugIns.map((path) => [path, importers(path).filter((other) => other !== list)] as const);
  expect(Object.fromEntries(used.filter(([, by]) => by.length > 0))).toEqual(also);
});

test('a solvable model is a folder that has a line in two lists', () => {
  const folders = new Set(importsOf('src/models/files.ts').map((path) => posix.dirname(path)));
  expect(folders.size).toBeGreaterThan(10);
  for (const folder of folders) {
    const [file, runs] = [`${folder}/file.ts`, `${folder}/runs.ts`];
    if (!files.has(file)) continue; // the market is more than one file
    expect(
      importers(file).filter((path) => !path.startsWith(folder)),
      file,
    ).toEqual(['src/models/files.ts']);
    expect(
      importers(runs).filter((path) => !path.startsWith(folder)),
      runs,
    ).toContain('src/models/index.ts');
  }
});
