/// <reference lib="dom" />
// A report in a real browser: opened from disk it needs nothing, says nothing, and has all of its texts to be read.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, noted, picture, wanted } from './browser.ts';
import { misplaced } from './misplaced.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const MARKET = fileURLToPath(new URL('../experiment/fixtures/simple-tune.yaml', import.meta.url));
const KEPT = fileURLToPath(new URL('../../results/reference/lcst', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const folder = mkdtempSync(join(tmpdir(), 'unwind-report-page-'));
const at = (name: string): string => join(folder, name);
const unwind = (...words: string[]): string =>
  execFileSync(process.execPath, [MAIN, ...words], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

let browser: Browser;

/** A report of runs with all their tables, and one of a folder that kept its manifest alone. */
const REPORTS = ['runs', 'kept'] as const;
const SIZES = [
  ['desk', 1280, 720],
  ['phone', 390, 844],
] as const;

beforeAll(async () => {
  if (!wanted) return;
  browser = await launch();
  const short = ['until=80 s', 'shocks[0].at=20 s', 'shocks[0].over=20 s', 'shocks[1].at=20 s'];
  const sets = [...short, 'population[3].count=400'].flatMap((set) => ['--set', set]);
  unwind('run', MARKET, ...sets, '--runs', '20', '--out', 'results');
  unwind('report', 'results', '--out', 'runs.html');
  unwind('report', KEPT, '--out', 'kept.html');
}, 240_000);
afterAll(async () => {
  if (wanted) await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.runIf(wanted).each(REPORTS)('the report of %s in chromium', (report) => {
  const address = `file://${at(`${report}.html`)}`;

  test.each(SIZES)(
    'on a %s: all texts have their place, nobody is asked, nothing is said',
    async (name, width, height) => {
      const { page, messages, requests } = await noted(browser, { viewport: { width, height } });
      await page.goto(address);
      expect(await misplaced(page)).toEqual([]);
      expect(requests).toEqual([address]);
      expect(messages).toEqual([]);
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
      const painted = await page.evaluate(
        () => performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
      );
      console.log(`${report}, ${name}: first paint after ${painted.toFixed(0)} ms`);
      await picture(page, `report-${report}-${name}`);
      await picture(page, `report-${report}-${name}-whole`, true);
      await page.close();
    },
  );

  test('on paper and in the dark', async () => {
    const { page } = await noted(browser, { viewport: { width: 680, height: 1000 } });
    await page.goto(address);
    const inkOf = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.querySelector('figure svg text')!).fill);
    const light = await inkOf();
    await page.emulateMedia({ media: 'print' });
    expect(await misplaced(page)).toEqual([]);
    await picture(page, `report-${report}-print`, true);
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
    expect(await inkOf()).not.toBe(light);
    await picture(page, `report-${report}-dark`);
    await page.close();
  });

  test('has no serious fault of accessibility', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await noted(browser, { colorScheme });
      await page.goto(address);
      await page.evaluate(axe);
      const { violations } = await page.evaluate<{
        violations: { id: string; impact: string; nodes: { html: string }[] }[];
      }>('axe.run()');
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);
      await page.close();
    }
  });
});

describe.runIf(wanted)('a report', () => {
  test('runs no script that somebody put into it', async () => {
    const html = readFileSync(at('kept.html'), 'utf8');
    writeFileSync(
      at('planted.html'),
      html.replace(
        '<main>',
        '<main><script>document.title = "planted"</script><img src="x" onerror="document.title = 1">',
      ),
    );
    const { page, messages } = await noted(browser);
    await page.goto(`file://${at('planted.html')}`);
    expect(await page.title()).toMatch(/^How far must the price fall/);
    expect(messages.some((message) => message.includes('Content Security Policy'))).toBe(true);
    await page.close();
  });

  test('shows the numbers of the manifest', async () => {
    const { page } = await noted(browser);
    await page.goto(`file://${at('kept.html')}`);
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll('.answer data')].map((one) => [
        one.getAttribute('data-from')!,
        one.getAttribute('value')!,
      ]),
    );
    const manifest: unknown = JSON.parse(readFileSync(join(KEPT, 'manifest.json'), 'utf8'));
    expect(shown.length).toBeGreaterThan(4);
    for (const [from, value] of shown as [string, string][]) {
      const found = from.split('/').reduce((one, key) => (one as Record<string, unknown>)[key], manifest);
      expect(Number(value)).toBe((found as { value: number }).value);
    }
    await page.close();
  });
});
