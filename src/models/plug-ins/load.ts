/** Makes the plug-ins of an experiment known to this process or thread, before the experiment is read or its runs are made. */
import { ConfigError } from '../../core/errors.ts';
import type { Registry } from '../../core/registry.ts';
import * as api from './api.ts';
import type { PlugInCode } from './code.ts';
import { exportsOf } from './code.ts';
import type { KeptPlugIn } from './kept.ts';
import type { Sort } from './sorts.ts';
import { sortOf, sorts } from './sorts.ts';

/** A plug-in that a file brought: `margin rule by-hour`. */
export interface Brought {
  readonly sort: string;
  readonly name: string;
}

/** By hash: what each text brought, as it is run once. */
const loaded = new Map<string, { readonly code: PlugInCode; readonly brought: readonly Brought[] }>();

/** Throws ConfigError where a text fails, brings nothing, or brings a name that is taken. Returns what it brings. */
export function load(code: PlugInCode): readonly Brought[] {
  const known = loaded.get(code.sha256);
  if (known !== undefined) return known.brought;
  let exported: readonly unknown[];
  try {
    exported = [...new Set(Object.values(exportsOf(code, api)))];
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError([], `${code.name} cannot be loaded: ${String(error)}`);
  }
  const found = exported.flatMap((value): [Sort, object][] => {
    const sort = sortOf(value);
    return sort === undefined ? [] : [[sort, value as object]];
  });
  if (found.length === 0)
    throw new ConfigError([], `${code.name} exports nothing that ${Object.keys(sorts).join(', ')} gave`);
  const brought = found.map(([sort, definition]): Brought => {
    const registry = sorts[sort] as unknown as Registry<object>;
    // The audit knows no formula of what comes from outside, and says so.
    registry.add({ ...definition, audited: false });
    return { sort: registry.sort, name: registry.names.at(-1)! };
  });
  loaded.set(code.sha256, { code, brought });
  return brought;
}

/** Code of that name and hash which runs in this process or thread already. */
export function loadedAs(kept: KeptPlugIn | undefined): PlugInCode | undefined {
  const code = kept && loaded.get(kept.sha256)?.code;
  return code?.name === kept?.name ? code : undefined;
}

/** In the order of the experiment, which codes of layers follow from. */
export function loadAll(plugIns: readonly PlugInCode[] = []): void {
  for (const code of plugIns) load(code);
}
