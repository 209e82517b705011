/** Where data files may lie, and what kind of file they may be. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readExperiment } from '../../../src/models/experiment.ts';
import { SMALL } from '../fixtures/experiment.ts';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'unwind-data-')));
const folder = join(top, 'mine');
const file = join(folder, 'small.yaml');
const BOOK = 'side,price,quantity\nbid,100.1,1\nask,100.2,1\n';

beforeAll(() => {
  mkdirSync(join(folder, 'sub'), { recursive: true });
  mkdirSync(join(top, 'other'));
  writeFileSync(file, SMALL);
  writeFileSync(join(folder, 'tiers.json'), '{ "X": [[0, 5e4, 0.004, 125, 0]] }');
  for (const place of ['mine/book.csv', 'mine/sub/book.csv', 'other/book.csv', 'other/tiers.json']) {
    writeFileSync(join(top, place), place.endsWith('csv') ? BOOK : '{ "X": [[0, 5e4, 0.004, 125, 0]] }');
  }
  symlinkSync(join(top, 'other/book.csv'), join(folder, 'link.csv'));
  symlinkSync(join(top, 'other'), join(folder, 'linked'));
  symlinkSync(join(folder, 'sub/book.csv'), join(folder, 'inner.csv'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  for (const name of ['huge.csv', 'huge.yaml']) writeFileSync(join(folder, name), '');
  truncateSync(join(folder, 'huge.csv'), 64 * 1024 * 1024 + 1);
  truncateSync(join(folder, 'huge.yaml'), 8 * 1024 * 1024 + 1);
  writeFileSync(join(folder, 'utf16.csv'), Buffer.from(`\ufeff${BOOK}`, 'utf16le'));
  writeFileSync(join(folder, 'latin1.csv'), Buffer.from('# one\n# \xe9\n', 'latin1'));
  writeFileSync(join(folder, 'book.zip'), Buffer.from([0x50, 0x4b, 0x03, 0x04, 0, 0]));
});
afterAll(() => {
  rmSync(top, { recursive: true });
});

const SNAPSHOT = 'market.instruments.0.book.snapshot';

function read(reference: string, dataRoots: readonly string[] = [], setting = SNAPSHOT) {
  return readExperiment(file, { sets: [`${setting}=${JSON.stringify(reference)}`], dataRoots });
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Error && error.name === 'ConfigError') return error.message;
    throw error;
  }
  throw new Error('it was read without an error');
}

describe('inside', () => {
  test.each(['book.csv', './sub/../book.csv', 'sub/book.csv', 'inner.csv', join(folder, 'book.csv')])(
    '%s',
    (reference) => {
      const read_ = read(reference);
      expect(read_.inputs.some(({ file }) => file === (reference.startsWith('/') ? reference : join(folder, reference)))).toBe(true); // prettier-ignore
    },
  );

  test.each(['../other/book.csv', 'link.csv', 'linked/book.csv', join(top, 'other/book.csv')])(
    '%s only with --data-root',
    (reference) => {
      expect(refusal(() => read(reference))).toMatch(
        /outside of the experiment's folder; .*--data-root \S+$/,
      );
      expect(read(reference, [join(top, 'other')]).model).toBe('market');
      expect(refusal(() => read(reference, [join(top, 'oth')]))).toContain('outside');
    },
  );

  test('an absolute path is not looked for below the folder', () => {
    mkdirSync(join(folder, 'etc'), { recursive: true });
    writeFileSync(join(folder, 'etc/book.csv'), BOOK);
    expect(refusal(() => read('/etc/book.csv'))).toContain(
      "/etc/book.csv is outside of the experiment's folder; copy it there, or allow its folder: --data-root /etc",
    );
  });

  test('tables of tiers likewise', () => {
    const tiers = 'policies.tiers.margin.tiers';
    expect(refusal(() => read('../other/tiers.json#X', [], tiers))).toContain(
      "../other/tiers.json is outside of the experiment's folder",
    );
    expect(read('../other/tiers.json#X', [top], tiers).model).toBe('market');
  });

  test("a preset's own data are found from anywhere", () => {
    cpSync(file, join(folder, 'sub/small.yaml'));
    writeFileSync(join(folder, 'sub/tiers.json'), '{ "X": [[0, 5e4, 0.004, 125, 0]] }');
    const { inputs } = readExperiment(join(folder, 'sub/small.yaml'), { sets: ['policies.flat={ preset: binance }'] }); // prettier-ignore
    expect(inputs.map(({ file }) => file).some((name) => name.includes('leverage_tiers_binance'))).toBe(true);
  });

  test('what was read once is not read again, wherever it was', () => {
    const { contents } = read('../other/book.csv', [top]);
    const again = readExperiment(file, { sets: [`${SNAPSHOT}=../other/book.csv`], contents });
    expect(again.inputs).toHaveLength(3);
  });
});

describe('regular files of a limited size', () => {
  test.each([
    ['pipe', `${folder}/pipe is a pipe; only a regular file is read`],
    ['sub', `${folder}/sub is a folder; only a regular file is read`],
    ['', 'is a folder; only a regular file is read'],
    ['huge.csv', `${folder}/huge.csv is larger than 64 MiB, the most that is read`],
    ['utf16.csv', `${folder}/utf16.csv:1:1  is UTF-16; save it as UTF-8`],
    ['latin1.csv', `${folder}/latin1.csv:2:3  is not UTF-8: it has the byte 0xe9; save it as UTF-8`],
    ['book.zip', `${folder}/book.zip:1:1  is a zip archive; unpack it first`],
  ])('%s', (reference, message) => {
    expect(refusal(() => read(reference))).toContain(message);
  });

  test('an endless device', () => {
    expect(refusal(() => read('/dev/zero', ['/dev']))).toContain('/dev/zero is a device; only a regular file is read'); // prettier-ignore
  });

  test.each([
    ['pipe', 'is a pipe; only a regular file is read'],
    ['sub', 'is a folder; only a regular file is read'],
    ['huge.yaml', 'is larger than 8 MiB, the most that is read'],
    ['none.yaml', 'no such file'],
  ])('the experiment itself: %s', (name, message) => {
    expect(refusal(() => readExperiment(join(folder, name)))).toBe(`${folder}/${name}  ${message}`);
  });
});
