/** Reference results in this repository are what the present code gives. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unwindHere } from './in-process.ts';
import { repository } from './unwind.ts';

test('procyclicality is the same run, byte for byte', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'unwind-reference-'));
  const out = join(folder, 'out');
  try {
    const run = await unwindHere(
      ['run', 'experiments/procyclicality.yaml', '--out', out, '--json'],
      repository,
    );
    expect(run.code, run.stderr).toBe(0);
    const manifestOf = (path: string) =>
      JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')) as Record<string, unknown>;
    const kept = manifestOf(join(repository, 'results/reference/procyclicality'));
    const found = manifestOf(out);
    expect(found['summary']).toEqual(kept['summary']);
    expect(found['results_hash']).toBe(kept['results_hash']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
