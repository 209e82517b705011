/** Each way in which a run may change what its thread shares, and what is said of it; in a process that may be spoilt. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const built = new URL('../../../dist/src/lab/work/intrinsics.js', import.meta.url).href;

function changedBy(deed: string): string {
  const script = `
    import { writeSync } from 'node:fs';
    const { Intrinsics } = await import(${JSON.stringify(built)});
    const shared = new Intrinsics();
    const handed = class { buy() {} };
    shared.add('Market', handed);
    const before = shared.changed;
    let said;
    try { ${deed}; said = before + ' ' + shared.changed; } catch (error) { said = error.message; }
    writeSync(1, said);
  `;
  const node = [process.execPath, ['--input-type=module', '--eval', script]] as const;
  return spawnSync(...node, { encoding: 'utf8', cwd: fileURLToPath(new URL('.', import.meta.url)) }).stdout;
}

test.each([
  [';', 'undefined undefined'],
  ['Array.prototype.push = () => 0', 'undefined Array.prototype.push'],
  ['Object.prototype.seen = 1', 'undefined Object.prototype.seen'],
  ['Object.defineProperty(Map.prototype, "size", { get: () => 7 })', 'undefined Map.prototype.size'],
  ['Array.from = () => []', 'undefined Array.from'],
  ['Object.setPrototypeOf(Set.prototype, null)', 'undefined the prototype of Set.prototype'],
  ['delete String.prototype.at', 'undefined String.prototype.at'],
  ['Object.getPrototypeOf([].values()).next = () => ({ done: true })', 'undefined iterators of arrays.next'],
  ['Array.prototype[Symbol.iterator] = null', 'undefined Array.prototype[Symbol.iterator]'],
  ['Float64Array.prototype.seen = 1', 'undefined Float64Array.prototype.seen'],
  ['Object.freeze(Float64Array.prototype)', 'undefined Float64Array.prototype'],
  ['Promise.prototype.then = () => 0', 'undefined Promise.prototype.then'],
  ['Error.prepareStackTrace = () => ""', 'undefined Error.prepareStackTrace'],
  ['handed.prototype.buy = () => 0', 'undefined Market.prototype.buy'],
  ['Array.prototype.map.seen = 1', 'Cannot add property seen, object is not extensible'],
])('%s', (deed, said) => {
  expect(changedBy(deed)).toBe(said);
});
