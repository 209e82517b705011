/** `unwind margin` under lines that were good before something happened to them. */
import { Readable, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { streamLines } from '../../src/cli/line-stream.ts';
import { MarginSession } from '../../src/cli/margin/session.ts';
import { createRng } from '../../src/core/rng.ts';
import { CASES, account, answers } from './margin-cases.ts';

test('thousands of mangled lines: one answer each, no crash, and what comes after is understood', async () => {
  const seed = process.env['UNWIND_SEED'] ?? 'margin';
  const rng = createRng(seed);
  const good = [
    ...CASES.map(({ line }) => line),
    account,
    { ...account, mode: 'cross', wallet: 9, others: {} },
  ];
  const values = ['1e400', '-1', '0', '"x"', 'null', '{}', '[[]]', '1e-30', '1e30', '"0.5"', 'true', '[0]'];
  const mangled = (): string => {
    let text = JSON.stringify(good[rng.below(good.length)]);
    for (let times = 1 + rng.below(2); times > 0; times--) {
      const numbers = [...text.matchAll(/[:[,](-?\d[\d.e+-]*|"\d+")/g)];
      const at = rng.below(text.length);
      switch (rng.below(6)) {
        case 0:
          text = text.slice(0, at) + String.fromCharCode(33 + rng.below(60_000)) + text.slice(at + 1);
          break;
        case 1:
          text = text.replace(/"[a-zA-Z_]+"/, '"__proto__"');
          break;
        default: {
          const hit = numbers[rng.below(numbers.length)];
          if (hit === undefined) break;
          const from = hit.index + 1;
          text =
            text.slice(0, from) + values[rng.below(values.length)]! + text.slice(hit.index + hit[0].length);
        }
      }
    }
    return text.replaceAll('\n', ' ');
  };
  const lines: string[] = [];
  for (let i = 0; i < 10_000; i++) lines.push(mangled());
  lines.push('x'.repeat(70_000), JSON.stringify(account));
  let out = '';
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      out += chunk.toString();
      done();
    },
  });
  await streamLines(
    Readable.from([Buffer.from(lines.join('\n'))]),
    output,
    new MarginSession({ explain: true }),
  );
  const got = answers(out);
  expect(got, `UNWIND_SEED=${seed}`).toHaveLength(lines.length);
  expect(got.at(-2)!['error']).toBe('longer than 65536 characters');
  expect(got.at(-1)).toMatchObject({ id: 'a', equity: '500' });
  const refused = got.filter(({ error }) => error !== undefined).length;
  expect(refused).toBeGreaterThan(2000);
  expect(refused).toBeLessThan(9000);
  expect(out).not.toMatch(/NaN|Infinity/);
});
