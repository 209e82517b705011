/** What commands say to `--help`: all of them in one process, which each of them would end. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { main } from './unwind.ts';

const SCRIPT = `
process.exit = (code) => {
  if (code !== 0) throw new Error('exit code ' + code);
};
const [file, ...names] = process.argv.slice(1);
const { commandLine } = await import(file);
Object.assign(process.stdout, { isTTY: true, columns: 80 });
for (const name of names) {
  await commandLine([name, '--help']);
  process.stdout.write('\\0');
}`;

/** On a German's terminal of 80 columns; by the names of the commands. Throws where one says something on stderr. */
export function helpOf(commands: readonly string[]): ReadonlyMap<string, string> {
  const built = pathToFileURL(join(dirname(main), 'command-line.js')).href;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', SCRIPT, built, ...commands],
    { encoding: 'utf8', env: { ...process.env, LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8', NO_COLOR: '1' } },
  );
  if (stderr !== '') throw new Error(stderr);
  const texts = stdout.split('\0');
  return new Map(commands.map((name, i) => [name, texts[i] ?? '']));
}
