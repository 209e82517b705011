/** The package as a user has it, in a folder of its own: linked, or (UNWIND_PACKAGE) packed and installed by npm. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../cli/unwind.ts';

export const isPacked = process.env['UNWIND_PACKAGE'] === '1';

/** What a shell says. Throws an Error with all of it where it fails. */
export function shell(command: string, folder: string): string {
  const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', command], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Error(`${command}\nended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** An empty folder, and the words that install the package in it. */
export function emptyFolder(): { readonly folder: string; readonly install: string } {
  const folder = mkdtempSync(join(tmpdir(), 'unwind-package-'));
  if (isPacked) {
    const packs = mkdtempSync(join(tmpdir(), 'unwind-packed-'));
    const [name] = shell(`npm pack --silent --ignore-scripts --pack-destination ${packs}`, repository)
      .trim()
      .split('\n')
      .slice(-1);
    return { folder, install: `npm install --no-audit --no-fund --prefer-offline ${join(packs, name!)}` };
  }
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(repository, join(folder, 'node_modules/unwind'));
  symlinkSync('../unwind/dist/src/cli/main.js', join(folder, 'node_modules/.bin/unwind'));
  return { folder, install: 'true' };
}

/** Code blocks of a language in a README, in their order. */
export function blocksOf(readme: string, language: string): string[] {
  const text = readFileSync(join(repository, readme), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => block!);
}
