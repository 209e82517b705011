/** Each figure, drawn from made-up results, is the picture in golden/: the same bytes on every machine. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { outlined, pngOf } from '../../src/report/draw/png.ts';
import { svgOf } from '../../src/report/draw/svg.ts';
import { NARROW, WIDE } from '../../src/report/figures/figure.ts';
import { figures } from '../../src/report/figures/index.ts';
import { titledSpec } from '../../src/report/figures/titled.ts';
import { AXIS, GRID, INK, MUTED, OTHERS, PAPER, SERIES } from '../../src/report/theme.ts';
import { drawingOf } from './example-drawings.ts';
import { example } from './example.ts';

describe.each(figures.map((figure) => [figure.id, figure] as const))('%s', (id, figure) => {
  test('is its golden picture, whatever was drawn before', async () => {
    const { spec } = drawingOf(figure);
    await svgOf(drawingOf(figures.find((other) => other !== figure)!).spec(WIDE));
    // A line an element, so that a change can be read.
    const lines = (await svgOf(spec(WIDE))).replaceAll('><', '>\n<');
    await expect(`${lines}\n`).toMatchFileSnapshot(`golden/${id}.svg`);
  });

  test('keeps within a phone', async () => {
    const [, width] = /^<svg [^>]*?\bwidth="([\d.]+)"/.exec(await svgOf(drawingOf(figure).spec(NARROW)))!;
    expect(Number(width)).toBeLessThanOrEqual(390);
  });

  test('has only colours that have a dark counterpart', async () => {
    const known = [PAPER, INK, MUTED, AXIS, GRID, OTHERS, ...SERIES].map(({ light }) => light);
    const svg = await svgOf(drawingOf(figure).spec(WIDE));
    const found = new Set([...svg.matchAll(/ (?:fill|stroke)="([^"]+)"/g)].map(([, colour]) => colour!));
    expect([...found].filter((colour) => !['none', 'transparent', ...known].includes(colour))).toEqual([]);
  });

  test('says what it shows, of how many, and names its axes', () => {
    const { title, shows, runs, spec } = drawingOf(figure);
    expect(title).not.toBe('');
    expect(shows).toMatch(/\.$/);
    expect(runs).toMatch(/^n = \d+/);
    expect(axesWithoutTitle(spec(WIDE))).toEqual([]);
  });

  test('has nothing to draw where results have nothing of it', () => {
    if (figure.question === undefined || id === 'survival') return; // from the summary, which has it
    expect(figure.draw(example(), [])).toBeUndefined();
  });
});

/** Channels of numbers, by panel, that no layer gives a title to; an axis that is not drawn needs none. */
function axesWithoutTitle(spec: unknown): string[] {
  const titled = new Map<string, boolean>();
  const look = (part: unknown, panel: string): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, value] of Object.entries(part as Record<string, unknown>)) {
      const { title, type, axis } = (value ?? {}) as { title?: unknown; type?: unknown; axis?: unknown };
      if ((key === 'x' || key === 'y') && type === 'quantitative' && axis !== null) {
        const place = `${panel}${key}`;
        titled.set(place, titled.get(place) === true || (typeof title === 'string' && title !== ''));
      }
      if (key === 'concat') (value as unknown[]).forEach((one, i) => look(one, `${panel}${i}/`));
      else look(value, panel);
    }
  };
  look(spec, '');
  return [...titled].filter(([, has]) => !has).map(([place]) => place);
}

test('doses that are not whole stand under the axis as they are', async () => {
  const { manifest, ...rest } = example();
  const text = JSON.stringify(manifest).replaceAll('-2 %', '-2.5 %').replaceAll('-3 %', '-3.25 %');
  const results = { ...rest, manifest: JSON.parse(text) as typeof manifest };
  const drawing = figures.find(({ id }) => id === 'dose-response')!.draw(results, [])!;
  const svg = await svgOf(drawing.spec(NARROW));
  const words = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, word]) => word);
  for (const dose of ['−2.5', '−3.25', '−5']) expect(words).toContain(dose);
});

test('golden pictures are of figures that there are', () => {
  const golden = readdirSync(fileURLToPath(new URL('golden', import.meta.url)));
  expect(golden.sort()).toEqual(figures.map(({ id }) => `${id}.svg`).sort());
});

test('a picture for print has 300 dots an inch, and its letters need no font', async () => {
  const svg = await svgOf(drawingOf(figures[0]!).spec(WIDE));
  const [, width] = /width="([\d.]+)"/.exec(svg)!;
  const png = pngOf(svg);
  expect(png.readUInt32BE(16)).toBe(Math.ceil((Number(width) * 300) / 96));
  expect(png.toString('latin1', 37, 41)).toBe('pHYs');
  expect(png.readUInt32BE(41)).toBe(11811); // dots a metre
  expect(pngOf(svg).equals(png)).toBe(true);
  const paths = outlined(svg);
  expect(paths).not.toContain('<text');
  expect(paths.match(/<path/g)!.length).toBeGreaterThan(svg.match(/<path/g)!.length);
});

test('a picture by itself says what it is, of how many runs, and what its bands are, within its width', async () => {
  for (const id of ['price-fan', 'run-margin', 'frontier']) {
    const drawing = drawingOf(figures.find((one) => one.id === id)!);
    const svg = await svgOf(titledSpec(drawing, WIDE));
    const words = svg.replaceAll(/<[^>]*>/g, ' ');
    for (const told of [drawing.title, drawing.runs, drawing.bands ?? drawing.runs])
      for (const word of told.split(' ')) expect(words).toContain(word.replaceAll('&', '&amp;'));
    expect(Number(/^<svg [^>]*?\bwidth="([\d.]+)"/.exec(svg)![1])).toBeLessThanOrEqual(WIDE.width + 10);
  }
});
