/** What a declaration of a kind must be, told in one line where it is not: the types say it too, but not to JavaScript. */
import { ConfigError } from '../../core/errors.ts';

const HOOKS = ['born', 'wake', 'called', 'warned', 'bid'];
const FIELDS = ['kind', 'about', 'source', 'params', 'state', 'margined', 'facilities', 'clock', ...HOOKS];
/** What a field was called before. */
const RENAMED: Readonly<Record<string, string>> = { wallet: 'facilities' };
const UNITS = ['number', 'share', 'change', 'factor', 'leverage', 'duration', 'rate', 'size', 'money'];

/** Throws ConfigError. */
export function checkDefinition(definition: unknown): void {
  if (!isRecord(definition))
    throw new ConfigError(['defineAgent'], 'needs an object with kind, about and params');
  const { kind } = definition;
  if (typeof kind !== 'string' || kind === '')
    throw new ConfigError(['defineAgent'], `kind: needs a name, got ${describe(kind)}`);
  const bad = (field: string, needed: string, got: unknown): ConfigError =>
    new ConfigError([`agent ${kind}`], `${field}: needs ${needed}, got ${describe(got)}`);
  for (const name of Object.keys(definition)) {
    if (FIELDS.includes(name)) continue;
    const now = Object.hasOwn(RENAMED, name) ? RENAMED[name] : undefined;
    const known = now === undefined ? `there are ${FIELDS.join(', ')}` : `it is called ${now} now`;
    throw new ConfigError([`agent ${kind}`], `${name}: there is no such field; ${known}`);
  }
  const {
    about,
    source = '',
    params,
    state = {},
    margined = false,
    facilities = [],
    clock = 'own',
  } = definition;
  if (typeof about !== 'string') throw bad('about', 'a sentence', about);
  if (typeof source !== 'string') throw bad('source', 'a text', source);
  if (!isRecord(params)) throw bad('params', 'an object; {} for none', params);
  if (!isRecord(state)) throw bad('state', 'an object', state);
  if (typeof margined !== 'boolean') throw bad('margined', 'true or false', margined);
  if (clock !== 'own' && clock !== 'shared') throw bad('clock', "'own' or 'shared'", clock);
  for (const [name, param] of Object.entries(params)) checkParam(`params.${name}`, param, bad);
  for (const [name, type] of Object.entries(state))
    if (type !== 'f64' && type !== 'i32') throw bad(`state.${name}`, "'f64' or 'i32'", type);
  if (!Array.isArray(facilities)) throw bad('facilities', 'a list of parameters', facilities);
  for (const name of facilities as unknown[])
    if (typeof name !== 'string' || !Object.hasOwn(params, name))
      throw bad('facilities', 'names of parameters', name);
  for (const hook of HOOKS) {
    const value = definition[hook];
    if (value !== undefined && typeof value !== 'function') throw bad(hook, 'a function', value);
  }
}

/** A list of kinds: each made by `defineAgent`, under a name of its own. Throws ConfigError. */
export function checkKinds(kinds: readonly unknown[]): void {
  const names = new Set<unknown>();
  kinds.forEach((kind, i) => {
    const path = ['agents', i];
    if (!isRecord(kind) || typeof kind['Accessor'] !== 'function')
      throw new ConfigError(
        path,
        `needs what defineAgent gives, got ${isRecord(kind) ? 'an object' : describe(kind)}`,
      );
    if (names.has(kind['kind'])) throw new ConfigError(path, `a second kind named ${String(kind['kind'])}`);
    names.add(kind['kind']);
  });
}

function checkParam(
  field: string,
  param: unknown,
  bad: (field: string, needed: string, got: unknown) => ConfigError,
): void {
  if (!isRecord(param)) throw bad(field, "a parameter, such as number(1, 'What it is for.')", param);
  const { value, unit, about } = param;
  if (typeof unit !== 'string' || !UNITS.includes(unit)) throw bad(`${field}.unit`, UNITS.join(', '), unit);
  const isValue =
    typeof value === 'string' ? value !== '' : typeof value === 'number' && Number.isFinite(value);
  if (!isValue) throw bad(`${field}.value`, 'a finite number or a text with a unit', value);
  if (typeof about !== 'string') throw bad(`${field}.about`, 'a sentence', about);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'function' || typeof value === 'symbol'
    ? `a ${typeof value}`
    : JSON.stringify(value);
}
