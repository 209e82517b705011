/**
 * Where the data files of an experiment may lie: in the experiment's own folder, in folders that the user allows
 * (`--data-root`), and among the data that come with the package. Real paths are compared, so that no link leads out.
 */
import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ConfigError } from '../../core/errors.ts';
import { EXPERIMENTS } from '../package-folder.ts';

export class DataFolder {
  readonly #folder: string;
  readonly #roots: readonly string[];

  constructor(experimentFile: string, roots: readonly string[]) {
    this.#folder = dirname(experimentFile);
    this.#roots = [this.#folder, EXPERIMENTS, ...roots];
  }

  /** Path of the file that an experiment names so; whether it may be read is not asked yet. */
  pathOf(reference: string): string {
    return isAbsolute(reference) ? reference : join(this.#folder, reference);
  }

  /** Throws ConfigError for a file that lies in none of the folders, or is not there. */
  requireInside(reference: string): void {
    const path = this.pathOf(reference);
    // Of what lies outside by its name it is not even asked whether it is there.
    if (!this.#roots.some((root) => isInside(resolve(path), resolve(root)))) throw this.#outside(reference);
    let real: string;
    try {
      real = realpathSync(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new ConfigError([], code === 'ENOENT' ? `no such file: ${path}` : `cannot read ${path}: ${code}`);
    }
    const isAllowed = this.#roots.some((root) => {
      try {
        return isInside(real, realpathSync(root));
      } catch {
        return false; // a folder that is not there holds nothing
      }
    });
    if (!isAllowed) throw this.#outside(reference, real);
  }

  /** `real`: where a link in it leads. */
  #outside(reference: string, real?: string): ConfigError {
    const is = real === undefined ? 'is' : `leads to ${real},`;
    const folder = dirname(real ?? this.pathOf(reference));
    return new ConfigError(
      [],
      `${reference} ${is} outside of the experiment's folder; copy it there, or allow its folder: --data-root ${folder}`,
    );
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
