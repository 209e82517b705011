/**
 * Code of plug-ins: one text for each entry of `plugins`, its own imports in it, which all threads run alike. Its hash is that of
 * what runs, whatever stands on the disk later.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import { buildSync } from 'esbuild';
import { ConfigError } from '../../core/errors.ts';
import type { PlugInText } from '../../experiment/experiment.ts';
import { isFile } from '../../experiment/plug-in-name.ts';

/** The text is a CommonJS module; what it imports from unwind and Node stays outside of it. */
export type PlugInCode = PlugInText;

/**
 * Reads an entry of `plugins`: TypeScript or JavaScript, a file named from the experiment’s folder or a package that is
 * installed there. Throws ConfigError.
 */
export function readCode(name: string, experiment: string): PlugInCode {
  const folder = dirname(resolve(experiment));
  if (isFile(name)) mustBeThere(resolve(folder, name), name);
  let text: string;
  try {
    const { outputFiles } = buildSync({
      stdin: {
        contents: `export * as own from ${JSON.stringify(name)};`,
        resolveDir: folder,
      },
      bundle: true,
      write: false,
      absWorkingDir: folder,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      external: ['unwind'],
      charset: 'utf8',
      logLevel: 'silent',
      tsconfigRaw: '{}', // nothing that lies about changes what is made of a file
    });
    text = outputFiles[0]!.text;
  } catch (error) {
    throw new ConfigError([], told(error));
  }
  return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
}

function mustBeThere(path: string, name: string): void {
  try {
    readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      [],
      code === 'ENOENT' ? `there is no file ${name}` : `cannot read ${name}: ${code}`,
    );
  }
}

/** The first of what esbuild says, in a line. */
function told(error: unknown): string {
  const [first] =
    (
      error as {
        errors?: { text: string; location: { file: string; line: number; column: number } | null }[];
      }
    ).errors ?? [];
  if (first === undefined) return (error as Error).message;
  const { text, location } = first;
  return location === null || location.file === '<stdin>'
    ? text
    : `${location.file}:${location.line}:${location.column + 1}  ${text}`;
}

/** Runs the code once. `api`: what it gets from 'unwind'. Returns what it exports. Throws what it throws. */
export function exportsOf({ name, text }: PlugInCode, api: object): Readonly<Record<string, unknown>> {
  const module = { exports: {} as Record<string, unknown> };
  const fromNode = createRequire(import.meta.url);
  const require = (wanted: string): unknown => {
    if (wanted === 'unwind') return api;
    if (isBuiltin(wanted)) return fromNode(wanted);
    throw new ConfigError([], `${name} wants ${wanted}, which is not there`);
  };
  const run = compileFunction(text, ['module', 'exports', 'require'], { filename: name });
  run.call(undefined, module, module.exports, require);
  return module.exports['own'] as Readonly<Record<string, unknown>>;
}
