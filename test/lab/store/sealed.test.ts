/** Documents of a results folder: every number comes back, and nothing that was changed does. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readOwn } from '../../../src/lab/store/own-file.ts';
import { readSealed, sealed, unsealed } from '../../../src/lab/store/sealed.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-sealed-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Without undefined and null, of which JSON and documents of unwind have none, and without the sign of 0. */
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.double().map((x) => x + 0),
    fc.constantFrom(NaN, Infinity, -Infinity),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('a/b', '~', '~1', '/', '')), tie('any'), {
      maxKeys: 4,
    }),
  ),
})).any;

test('what is read is what was written: NaN and both infinities too, wherever they stand', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      const document = { a, b, list: [NaN, Infinity, { high: -Infinity }] };
      expect(unsealed('x.json', sealed('x.json', document))).toEqual(document);
    }),
    { numRuns: 300 },
  );
});

test('other programs read it: no number that JSON has not, and null for what is none', () => {
  const text = sealed('x.json', { p_value: NaN, high: Infinity, low: 1 });
  expect(JSON.parse(text)).toEqual({
    p_value: null,
    high: null,
    low: 1,
    infinite: { '/high': 1 },
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
});

test('every bit is under the checksum, and every cut', () => {
  const bytes = Buffer.from(sealed('run.json', { question: 'é?', runs: 12, high: Infinity }));
  for (let at = 0; at < bytes.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1 << bit;
      expect(() => unsealed('run.json', changed.toString('utf8')), `bit ${bit} of byte ${at}`).toThrow(
        /checksum/,
      );
    }
    expect(() => unsealed('run.json', bytes.toString('utf8', 0, at))).toThrow(/checksum/);
  }
});

test.each(['', '{}', '[]', 'null', '0', '{"sha256":"0"}\n', '\u0000'.repeat(99), 'PAR1'])(
  '%j in the place of a document is told of in one line',
  (text) => {
    writeFileSync(join(folder, 'run.json'), text);
    expect(() => readSealed(folder, 'run.json', 'do something')).toThrow(
      `${folder}/run.json does not end with its checksum: it is damaged, or of another version of unwind; do something`,
    );
  },
);

test('a document in the place of another one is told of', () => {
  writeFileSync(join(folder, 'manifest.json'), sealed('run.json', { runs: 1 }));
  expect(() => readSealed(folder, 'manifest.json')).toThrow(
    `${folder}/manifest.json is damaged: it has another checksum than it was written with`,
  );
  expect(readSealed(folder, 'nothing.json')).toBeUndefined();
});

test('only files of the folder are read: no links, pipes, folders, or other places', () => {
  symlinkSync('/etc/hostname', join(folder, 'link'));
  symlinkSync('/dev/zero', join(folder, 'endless'));
  spawnSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe')]);
  expect(() => readOwn(folder, 'link')).toThrow(`${folder}/link cannot be read (it is a link)`);
  expect(() => readOwn(folder, 'endless')).toThrow(`${folder}/endless cannot be read (it is a link)`);
  expect(() => readOwn(folder, 'pipe')).toThrow(`${folder}/pipe cannot be read (it is no regular file)`);
  for (const name of ['../x', '/etc/hostname', '..', '.', 'a/b']) {
    expect(() => readOwn(folder, name)).toThrow('is outside of the folder');
  }
});

test('a name that is a key of every object changes nothing', () => {
  const text = sealed(
    'x.json',
    JSON.parse('{"__proto__":{"polluted":1},"infinite":{"/__proto__/polluted":1}}') as object,
  );
  expect(() => unsealed('x.json', text)).toThrow('is no document of unwind');
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});
