/** Which code makes results: a hash of all of it, as a version alone does not change with each edit of an agent. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of the sources, or of what is built of them: where this runs. */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const FOLDERS = [
  ...[
    'agents',
    'src/core',
    'src/contracts',
    'src/market',
    'src/published',
    'src/clearing',
    'src/sim',
    'src/stats',
  ],
  ...['src/experiment', 'src/models', 'src/lab', 'src/scorecard', 'src/design', 'src/validation'],
];

/** The first 12 hex digits. */
export function codeHash(): string {
  const hash = createHash('sha256');
  for (const folder of FOLDERS) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /(?<!\.d)\.[jt]s$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) {
      hash.update(`${relative(ROOT, file).split(sep).join('/')}\0`);
      hash.update(readFileSync(file));
    }
  }
  return hash.digest('hex').slice(0, 12);
}
