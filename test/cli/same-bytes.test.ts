/**
 * One experiment, one result: in any process, on one to four workers, with positions and without (where ratios are 0 / 0),
 * and on every Node that is supported. `npm run same-bytes` takes 50 processes, and Node 20, 22 and 24 from npm.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderFor } from './interrupted.ts';
import { main } from './unwind.ts';

const PROCESSES = Number(process.env['UNWIND_PROCESSES'] ?? 0);
const NODES = [20, 22, 24];
const MOST_WORKERS = 4;
const folder = folderFor('same-bytes');

const holders = (name: string, side: number) =>
  `  - { kind: leveraged-holder, name: ${name}, count: 60, params: { side: ${side}, ` +
  `size: { exponential: 0.3 BTC }, leverage: { lognormal: [3, 0.6], min: 2, max: 50 } } }\n`;

const MAKERS = '  - { kind: market-maker, count: 2 }\n';
const BOOK = '      book: { flat: { lots_per_tick: 2, ticks: 9000 } }\n';

/** Two policies on a thin market, so that positions are liquidated. */
const market = (book: string, traders: string) => `question: Is it the same?
seed: same-bytes
until: 25 s
runs: 12
market:
  instruments:
    - name: BTC
      tick: 1 USDT
      lot: 0.01 BTC
      price: 60000
${book}population:
  - { kind: noise, count: 20 }
${traders}shock: { kind: sell-programme, at: 5 s, over: 5 s, notional: 2e6 }
policies:
  flat: { margin: { rule: flat, leverage: 50 } }
  called: { margin: { rule: flat, leverage: 50 }, ladder: [{ rung: call, grace: 3 s }, { rung: full }] }
systemic_when: liquidated_notional >= 10 % of open_interest within 10 s
`;

writeFileSync(join(folder, 'with.yaml'), market(BOOK, MAKERS + holders('longs', 1) + holders('shorts', -1)));
// Nobody bids before the shock: the liquidation map is 0 / 0.
writeFileSync(join(folder, 'without.yaml'), market('', ''));

interface Found {
  readonly results_hash: string;
  readonly summary: unknown;
}

/** The results hash and a hash of the summary that a fresh process comes to. */
function results(file: string, workers: number, out: string, node = process.execPath): string {
  const words = ['run', file, '--no-report', '--workers', String(workers), '--out', out];
  const { status, stderr } = spawnSync(node, [main, ...words], { cwd: folder, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const { results_hash, summary } = JSON.parse(
    readFileSync(join(folder, out, 'manifest.json'), 'utf8'),
  ) as Found;
  return `${results_hash} ${createHash('sha256').update(JSON.stringify(summary)).digest('hex')}`;
}

test.each(['with', 'without'])('%s positions', { timeout: 1_800_000 }, (positions) => {
  const found = new Set<string>();
  for (let n = 0; n < (PROCESSES || 2); n++)
    found.add(results(`${positions}.yaml`, 1 + (n % MOST_WORKERS), `${positions}-${n}`));
  expect(found.size).toBe(1);
});

/** The binary of another Node, from npm's package of this platform. */
function nodeOf(major: number): string {
  const where = join(folder, `node-${major}`);
  mkdirSync(where);
  const name = `node-${process.platform}-${process.arch}@${major}`;
  const { status, stderr } = spawnSync(
    'npm',
    ['install', '--prefix', where, '--no-save', `node@npm:${name}`],
    {
      encoding: 'utf8',
    },
  );
  expect(status, stderr).toBe(0);
  const binary = join(where, 'node_modules/node/bin/node');
  const { stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  expect(stdout).toMatch(new RegExp(`^v${major}\\.`));
  return binary;
}

test.runIf(PROCESSES > 0)('on Node 20, 22 and 24', { timeout: 1_800_000 }, () => {
  const nodes = NODES.map(nodeOf);
  for (const positions of ['with', 'without']) {
    const found = nodes.flatMap((node, i) =>
      [1, 3].map((workers) =>
        results(`${positions}.yaml`, workers, `${positions}-node-${NODES[i]!}-${workers}`, node),
      ),
    );
    expect(new Set(found).size).toBe(1);
  }
});
