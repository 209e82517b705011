/** Folders that come with the package: found from the sources and from what is built of them alike. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The `experiments` folder of this package. */
export const EXPERIMENTS = found('experiments');

/** Starting files of plug-ins and experiments. */
export const templates = (): string => found('templates');

function found(name: string): string {
  for (
    let folder = dirname(fileURLToPath(import.meta.url));
    folder !== dirname(folder);
    folder = dirname(folder)
  ) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, name))) return join(folder, name);
  }
  throw new Error(`the package has no folder ${name}`);
}
