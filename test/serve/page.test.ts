// A page is one text that nothing in its data can break out of, and its policy names exactly its own script and style.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { pageOfExperiment } from '../../src/lab/replay.ts';
import { fromText } from '../../src/replay/wire.ts';
import { pageOf } from '../../src/serve/page.ts';
import { SMALL, smallExperiment } from '../replay/small.ts';

const nasty = `'</script><script>alert(1)</script><!-- "quoted" & é'`;
const experiment = smallExperiment(SMALL.replace('Does it <b>hold</b>?', nasty));
const order = { kind: 'replay', run: 1, command: 'unwind </script>', unwind: '0' } as const;
const data = pageOfExperiment(experiment, order);
const { html, policy } = pageOf(data);

const inner = (pattern: RegExp): string => pattern.exec(html)![1]!;
const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('a page has three scripts, whatever its data say', () => {
  expect(html.match(/<\/script>/g)).toHaveLength(3);
  expect(html).not.toContain('alert(1)</script>');
});

test('its data come back as they were', () => {
  const read = JSON.parse(inner(/id="unwind-data">([^]*?)<\/script>/)) as typeof data;
  expect(read).toEqual(data);
  expect(read.question).toBe(nasty.slice(1, -1));
  expect((fromText(read.experiment) as typeof experiment).groups).toEqual(experiment.groups);
});

test('its policy allows its own script and style, and nothing from anywhere', () => {
  const main = inner(/<\/script>\n<script>([^]*)<\/script>\n<\/body>/);
  expect(policy).toContain(`script-src ${hash(main)};`);
  expect(policy).toContain(`style-src ${hash(inner(/<style>([^]*?)<\/style>/))};`);
  expect(policy).toMatch(/^default-src 'none';/);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(html).not.toMatch(/ (?:src|href)=/);
});

test('holds no text of the files that the experiment was read from', () => {
  expect(data.experiment).not.toContain('lots_per_tick');
});

test.each([
  [{ policy: 'none' }, '--policy none: there are flat, calls'],
  [{ shock: '7' }, '--shock 7: there are 0 ('],
  [{ run: 3 }, '--run 3: there are runs 0 to 2'],
])('%o is refused', (change, message) => {
  expect(() => pageOfExperiment(experiment, { ...order, ...change })).toThrow(message);
});
