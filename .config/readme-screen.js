/**
 * Puts what the terminal shows of one shock at 80 columns into the README, from a results folder of `npm start`:
 * npm run readme-screen -- results/lcst/DATE-HASH. With --check it changes nothing, and fails where the README says otherwise.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { URL } from 'node:url';

const SHOCK = 'value changes by −3.5 %';
const BLOCK = new RegExp(`(\`\`\`text\\n)(${SHOCK}\\n[^\`]*)(\`\`\`\\n)`);

/**
 * @param {string} why
 * @returns {never}
 */
function fail(why) {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

const [folder, mode] = process.argv.slice(2);
const main = new URL('../dist/src/cli/main.js', import.meta.url).href;
const at80 = `process.stdout.isTTY = true; process.stdout.columns = 80;
process.argv.splice(1, 0, 'unwind'); await import(${JSON.stringify(main)});`;
const words = [
  '--input-type=module',
  '-e',
  at80,
  'resume',
  folder ?? fail('needs a results folder of npm start'),
];
const { stdout } = spawnSync(process.execPath, words, {
  encoding: 'utf8',
  env: { ...process.env, NO_COLOR: '1' },
});
const screen = new RegExp(`^${SHOCK}\\n(?:.+\\n)+`, 'm').exec(stdout)?.[0];
const path = new URL('../README.md', import.meta.url);
const readme = readFileSync(path, 'utf8');
const before = BLOCK.exec(readme)?.[2];
if (screen === undefined || before === undefined)
  throw fail(`${screen === undefined ? folder : 'README.md'} does not show "${SHOCK}"`);
if (mode !== '--check') writeFileSync(path, readme.replace(BLOCK, `$1${screen}$3`));
else if (before !== screen)
  fail(`README.md does not show what the terminal does: npm run readme-screen -- ${folder}`);
