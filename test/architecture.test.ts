// The arrows between folders and the bans on anything that differs between engines, read off the source itself.
import { describe, expect, test } from 'vitest';
import { breaches } from './setup/architecture.ts';
import { sources } from './setup/sources.ts';

const found = (path: string, text: string) => breaches(new Map([[path, text]]));

describe('the source', () => {
  test('is read', () => {
    expect(sources().size).toBeGreaterThan(0);
  });

  test('keeps the arrows and holds the host, the clock and inexact functions out', () => {
    expect(breaches(sources())).toEqual([]);
  });
});

describe('a planted breach is found:', () => {
  test.each([
    ['core knows the market', 'src/core/a.ts', `import { book } from '../market/book.ts';`],
    [
      'clearing knows the market',
      'src/clearing/ledger/a.ts',
      `import type { Book } from '../../market/book.ts';`,
    ],
    ['the market re-exports clearing', 'src/market/a.ts', `export * from '../clearing/ledger.ts';`],
    ['stats names a type of sim', 'src/stats/facts/a.ts', `type A = import('../../sim/engine.ts').Engine;`],
    ['sim loads lab late', 'src/sim/venue/a.ts', `const lab = await import('../../lab/plan.ts');`],
    ['an agent goes past the public surface', 'agents/a.ts', `import { rng } from '../src/core/rng.ts';`],
    ['the public surface knows lab', 'src/index.ts', `export { plan } from './lab/plan.ts';`],
    ['lab knows one agent', 'src/lab/work/a.ts', `import trend from '../../../agents/trend.ts';`],
    [
      'sim passes the ledger on to lab',
      'src/sim/venue/a.ts',
      `export { Ledger } from '../../clearing/ledger.ts';`,
    ],
    ['sim passes all of it on', 'src/sim/venue/a.ts', `export * from '../../clearing/ledger.ts';`],
    [
      'sim passes its types on',
      'src/sim/venue/a.ts',
      `export type { Book } from '../../market/exchange.ts';`,
    ],
    [
      'sim passes on what it imports',
      'src/sim/venue/a.ts',
      `import { A as B } from '../../clearing/ledger.ts'; export { B };`,
    ],
    [
      'sim passes a default on',
      'src/sim/venue/a.ts',
      `import a from '../../clearing/ledger.ts'; export default a;`,
    ],
    ['a room knows one after it', 'src/sim/venue/a.ts', `import { crowd } from '../crowd/crowd.ts';`],
    ['a score knows the catalogue', 'src/sim/observe/a.ts', `import { scores } from '../catalogue.ts';`],
    ['a model knows another', 'src/models/zero/a.ts', `import type { A } from '../solvable/world.ts';`],
    ['a model knows the reader', 'src/models/zero/a.ts', `import { readExperiment } from '../read.ts';`],
    ['the ledger knows the house', 'src/clearing/ledger/a.ts', `import { House } from '../calls/house.ts';`],
    ['the store knows the work', 'src/lab/store/a.ts', `import type { Pool } from '../work/pool.ts';`],
    ['intervals know cascades', 'src/stats/intervals/a.ts', `import { trees } from '../cascade/trees.ts';`],
    ['a room without a place', 'src/sim/things/a.ts', ``],
    ['report calls lab', 'src/report/page/a.ts', `import { run } from '../../lab/run.ts';`],
    ['the command line knows the tests', 'src/cli/a.ts', `import { sources } from '../../test/a.ts';`],
    ['a folder without arrows', 'src/utils/a.ts', ``],
    ['core uses a Node module', 'src/core/a.ts', `import { readFileSync } from 'node:fs';`],
    ['an agent uses a Node module by its old name', 'agents/a.ts', `import fs from 'fs';`],
    ['stats uses a package of lab', 'src/stats/facts/a.ts', `import { parse } from 'yaml';`],
    ['Math.random', 'src/sim/venue/a.ts', `const x = Math.random();`],
    ['Math.log', 'src/stats/facts/a.ts', `const x = Math.log(2);`],
    ['Math.sin in a model', 'src/models/zero/a.ts', `const x = Math.sin(2);`],
    ['Math.pow in a template', 'src/market/a.ts', 'const x = `${Math.pow(2, 3)}`;'],
    ['Math by index', 'src/market/a.ts', `const x = Math['log'](2);`],
    ['Math taken apart', 'src/core/a.ts', `const { exp } = Math;`],
    ['Math under another name', 'src/core/a.ts', `const M = Math;`],
    ['the operator **', 'src/core/a.ts', `const x = (a: number) => a ** 2;`],
    ['the operator **=', 'src/core/a.ts', `let x = 2; x **= 3;`],
    ['Date.now', 'src/core/a.ts', `const x = Date.now();`],
    ['new Date()', 'agents/a.ts', `const x = new Date();`],
    ['performance.now', 'src/sim/venue/a.ts', `const x = performance.now();`],
    ['the host by its global object', 'src/sim/venue/a.ts', `const x = globalThis.Date.now();`],
    ['the process, as a shorthand', 'src/sim/venue/a.ts', `const x = { process };`],
    ['seedrandom without a seed', 'src/core/a.ts', `const x = seedrandom();`],
  ])('%s', (_, path, text) => {
    const all = found(path, text); // one sentence for each folder that would come to know too much
    expect(all).toEqual(all.map(() => expect.stringMatching(`^${path}:1 `) as string));
    expect(all).not.toEqual([]);
  });

  test('a ring of imports, though they are only types', () => {
    const ring = new Map([
      ['src/core/a.ts', `import type { B } from './b.ts';`],
      ['src/core/b.ts', `import type { C } from './c.ts';`],
      ['src/core/c.ts', `import type { A } from './a.ts';`],
    ]);
    expect(breaches(ring)).toEqual([
      'src/core/a.ts:1 imports itself: src/core/a.ts → src/core/b.ts → src/core/c.ts → src/core/a.ts',
    ]);
  });
});

describe('what is allowed is not reported:', () => {
  test.each([
    ['the arrows as drawn', 'src/sim/venue/a.ts', `import { book } from '../../market/book.ts';`],
    ['a neighbour', 'src/core/a.ts', `import { rng } from './rng.ts';`],
    [
      'passing on what all who come may know',
      'src/sim/venue/a.ts',
      `export { rng } from '../../core/rng.ts';`,
    ],
    ['the public surface', 'src/index.ts', `export { Ledger } from './clearing/ledger.ts';`],
    ['a package of the folder', 'src/core/a.ts', `import seedrandom from 'seedrandom'; seedrandom('1');`],
    [
      'report naming types of lab',
      'src/report/page/a.ts',
      `import type { Result } from '../../lab/result.ts';`,
    ],
    ['lab reading files', 'src/lab/work/a.ts', `import { readFileSync } from 'node:fs'; Date.now();`],
    ['lab with the list of agents', 'src/lab/work/a.ts', `import agents from '../../../agents/index.ts';`],
    ['exact functions', 'src/core/a.ts', `const x = Math.floor(Math.sqrt(2)) + Math.PI;`],
    ['a ban named in a comment or a text', 'src/core/a.ts', `// Math.log(x) ** 2\nconst x = 'Date.now()';`],
    ['a member or a parameter with a host name', 'src/core/a.ts', `const f = (process: A) => process.fetch;`],
  ])('%s', (_, path, text) => {
    expect(found(path, text)).toEqual([]);
  });
});
