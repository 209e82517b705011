// Runs once before all tests: compiles src and agents, because the worker threads that tests start load
// dist/src/worker.js. A type error is shown but stops nothing here (tsc emits all the same, and `npm ci`,
// `npm run build` and `npm run lint` do stop at it), so that one broken file doesn't hide every other test.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export default function build(): void {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  try {
    run(tsc, '-b');
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    process.stderr.write(`tsc -b:\n${stdout ?? ''}${stderr ?? ''}\n`);
  }
  run('.config/after-build.js');
  run('.config/build-page.js');
}

function run(...command: string[]): void {
  execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
}
