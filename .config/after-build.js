// What tsc leaves to do after a build, in a few milliseconds: drops the output of sources that are gone, and makes
// the command executable (npm does so only where it installs the package).
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

/** @param {string} folder under dist */
function dropStale(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const output = join(folder, entry.name);
    const source = join(root, relative(dist, output)).replace(/(\.d\.ts|\.js)(\.map)?$/, '.ts');
    if (!existsSync(source)) rmSync(output, { recursive: true });
    else if (entry.isDirectory()) dropStale(output);
  }
}

for (const folder of [join(dist, 'src'), join(dist, 'agents')]) {
  if (existsSync(folder)) dropStale(folder);
}

const main = join(dist, 'src', 'cli', 'main.js');
if (existsSync(main)) chmodSync(main, 0o755);
