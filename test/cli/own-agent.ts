/** A copy of the built package with one more kind of trader, to see what a user's own may do. */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../src/lab/store/manifest.ts';
import { unwindHere } from './in-process.ts';
import { folderFor } from './interrupted.ts';
import type { Result } from './unwind.ts';
import { repository, unwind } from './unwind.ts';

export interface OwnPackage {
  /** Where its commands run. */
  readonly work: string;
  readonly main: string;
  /** On one worker, unless more are asked for. */
  readonly run: (...args: string[]) => Result;
  /** The same in this process. */
  readonly runHere: (...args: string[]) => Promise<Result>;
  readonly manifestOf: (out: string) => Manifest;
}

/** `code`: of the file agents/NAME.js, whose default export is the kind. Gone when the tests of the file are done. */
export function packageWith(name: string, code: string, experiment: string): OwnPackage {
  const folder = folderFor(name);
  const work = join(folder, 'work');
  const main = join(folder, 'dist/src/cli/main.js');
  mkdirSync(work);
  for (const part of ['dist', 'experiments', 'package.json'])
    cpSync(join(repository, part), join(folder, part), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, `dist/agents/${name}.js`), code);
  const index = join(folder, 'dist/agents/index.js');
  const text = readFileSync(index, 'utf8').replace('agents = [', `agents = [${name}, `);
  writeFileSync(index, `import ${name} from './${name}.js';\n${text}`);
  writeFileSync(join(work, `${name}.yaml`), experiment);
  const onOne = (args: string[]) => [...args, ...(args.includes('--workers') ? [] : ['--workers', '1'])];
  return {
    work,
    main,
    run: (...args) => unwind(onOne(args), work, main),
    runHere: (...args) => unwindHere(onOne(args), work, main),
    manifestOf: (out) => JSON.parse(readFileSync(join(work, out, 'manifest.json'), 'utf8')) as Manifest,
  };
}
