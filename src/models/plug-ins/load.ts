/**
 * Makes the plug-ins of an experiment known to this process or thread, before the experiment is read or its runs are made: these
 * and no others, so that what an experiment gives does not depend on those that were read before it.
 */
import { ConfigError } from '../../core/errors.ts';
import type { Registry } from '../../core/registry.ts';
import * as api from './api.ts';
import type { PlugInCode } from './code.ts';
import { exportsOf } from './code.ts';
import type { KeptPlugIn } from './kept.ts';
import type { Sort } from './sorts.ts';
import { sortOf, sorts } from './sorts.ts';

/** A plug-in that a file brings. */
interface Brought {
  readonly sort: Sort;
  readonly definition: object;
}

/** By hash: what each text brings, as it is run once. */
const loaded = new Map<string, { readonly code: PlugInCode; readonly brought: readonly Brought[] }>();

/** Hashes of the codes whose plug-ins are known now, in their order. */
let known: string[] = [];

/** Only what comes with unwind is known. */
export function forget(): void {
  for (const registry of Object.values(sorts)) registry.reset();
  known = [];
}

/** Makes known what a code brings. Throws ConfigError where it fails, brings nothing, or brings a name that is taken. */
export function load(code: PlugInCode): void {
  const brought = loaded.get(code.sha256)?.brought ?? broughtBy(code);
  loaded.set(code.sha256, { code, brought });
  for (const { sort, definition } of brought) (sorts[sort] as unknown as Registry<object>).bring(definition);
  known.push(code.sha256);
}

/** In the order of the experiment, which codes of layers follow from; nothing is done where these are known already. */
export function loadAll(plugIns: readonly PlugInCode[] = []): void {
  if (plugIns.length === known.length && plugIns.every(({ sha256 }, i) => sha256 === known[i])) return;
  forget();
  for (const code of plugIns) load(code);
}

function broughtBy(code: PlugInCode): Brought[] {
  let exported: readonly unknown[];
  try {
    exported = [...new Set(Object.values(exportsOf(code, api)))];
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError([], `${code.name} cannot be loaded: ${String(error)}`);
  }
  const brought = exported.flatMap((value): Brought[] => {
    const sort = sortOf(value);
    // The audit knows no formula of what comes from outside, and says so.
    return sort === undefined ? [] : [{ sort, definition: { ...(value as object), audited: false } }];
  });
  if (brought.length > 0) return brought;
  throw new ConfigError([], `${code.name} exports nothing that ${Object.keys(sorts).join(', ')} gave`);
}

/** Code of that name and hash which runs in this process or thread already. */
export function loadedAs(kept: KeptPlugIn | undefined): PlugInCode | undefined {
  const code = kept && loaded.get(kept.sha256)?.code;
  return code?.name === kept?.name ? code : undefined;
}
