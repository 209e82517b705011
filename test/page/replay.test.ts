/// <reference lib="dom" />
// The replay and the laboratory in a real browser: the same world as in Node, under the policy that the page states.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fork } from '../../src/replay/fork.ts';
import { Outcomes } from '../../src/replay/outcome.ts';
import { AS_WRITTEN } from '../../src/replay/settings.ts';
import { SMALL, rehearsed, smallExperiment } from '../replay/small.ts';
import { launch, launchFirefox, noted, picture, wanted } from './browser.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const folder = mkdtempSync(join(tmpdir(), 'unwind-page-'));
const at = (name: string): string => join(folder, name);
const unwind = (...words: string[]): string =>
  execFileSync(process.execPath, [MAIN, ...words], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

let browser: Browser;

beforeAll(async () => {
  if (!wanted) return;
  browser = await launch();
  writeFileSync(at('small.yaml'), SMALL);
  unwind('run', 'small.yaml', '--out', 'results', '--no-report');
  unwind('replay', 'results', '--run', '1', '--policy', 'flat', '--out', 'replay.html');
  unwind('lab', 'small.yaml', '--policy', 'flat', '--out', 'lab.html');
}, 120_000);
afterAll(async () => {
  if (wanted) await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const expected = (policy: string, run: number, fork?: Fork) =>
  rehearsed({ experiment: smallExperiment(), policy, shock: 0, run, ...(fork && { fork }) });

async function ready(page: Page): Promise<void> {
  await page.waitForSelector('code[data-world-hash]');
  await page.waitForFunction(() => document.querySelector('.status')!.textContent === '');
}

const secondHash = (page: Page): Promise<string | null> =>
  page.getAttribute('code[data-second-hash]', 'data-second-hash');

/** The address, once it has `part` in it: it is written when the moment rests, a little after it is shown. */
async function addressOf(page: Page, part: string): Promise<string> {
  await page.waitForFunction((wanted) => location.hash.includes(wanted), part);
  return page.evaluate(() => location.hash);
}

/** Where the page says that the two worlds part. */
async function told(page: Page): Promise<string> {
  await page.waitForFunction(
    () => document.querySelector('.stage:nth-child(2) .parting')!.textContent !== '',
  );
  return (await page.textContent('.stage:nth-child(2) .parting'))!;
}

async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate<{
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  }>('axe.run()');
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`);
}

describe.runIf(wanted)('the replay in chromium', () => {
  test('makes the world that Node makes, and says so beside what the folder says', async () => {
    const { page, messages, requests } = await noted(browser);
    const begun = Date.now();
    await page.goto(`file://${at('replay.html')}`);
    await ready(page);
    console.log(`replay of ${expected('flat', 1).events} events ready after ${Date.now() - begun} ms`);
    expect(await page.getAttribute('code[data-world-hash]', 'data-world-hash')).toBe(
      expected('flat', 1).hash,
    );
    const words = await page.textContent('.world');
    const rows = unwind(
      'query',
      'results',
      "select accounts from runs where policy = 'flat' and run = 1",
      '--json',
    );
    const [{ accounts }] = JSON.parse(rows) as [{ accounts: number }];
    expect(words).toContain(
      `Accounts liquidated from the shock on: ${accounts} here, ${accounts} in the results folder.`,
    );
    expect(accounts).toBeGreaterThan(10);
    expect(await page.textContent('h1')).toBe('Does it <b>hold</b>?');
    expect(messages).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('blob:'))).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
    await picture(page, 'replay-beginning');
    await page.close();
  });

  test('plays, steps, scrubs, and shows the moment that the address names', async () => {
    const { page, messages } = await noted(browser);
    await page.goto(`file://${at('replay.html')}#run=1&policy=flat&t=15.5`);
    await ready(page);
    const player = expected('flat', 1);
    player.seek(15_500_000);
    const orders = player.view.venue.house.liquidationCount;
    expect(orders).toBeGreaterThan(0);
    await page.waitForFunction(
      (text) => document.querySelector('.totals')!.textContent.includes(text),
      `${orders} forced orders`,
    );
    expect(await page.textContent('.time')).toBe(`0:15.500 · event ${player.events.toLocaleString('en')}`);
    await page.keyboard.press('.');
    player.seekEvent(player.events + 1);
    await page.waitForFunction(
      (text) => document.querySelector('.time')!.textContent.endsWith(text),
      `event ${player.events.toLocaleString('en')}`,
    );
    await page.keyboard.press('Home');
    await page.waitForFunction(() => document.querySelector('.time')!.textContent.startsWith('0:00.000'));
    const frames = await page.evaluate(async () => {
      document.querySelector<HTMLButtonElement>('.controls button:nth-of-type(2)')!.click();
      const begun = performance.now();
      let count = 0;
      await new Promise<void>((resolve) => {
        const next = (): void => {
          count++;
          if (performance.now() - begun > 2000) resolve();
          else requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      });
      return (count * 1000) / (performance.now() - begun);
    });
    console.log(`${frames.toFixed(0)} frames a second`);
    expect(await page.textContent('.time')).not.toMatch(/^0:00/);
    await page.keyboard.press(' ');
    await page.locator('input.clock').fill('19000');
    await page.waitForFunction(() => document.querySelector('.time')!.textContent.startsWith('0:19.000'));
    await addressOf(page, 't=19');
    await page.click('text=ten largest');
    await page.waitForSelector('table.accounts tbody tr:nth-child(10)');
    await page.click('table.accounts tbody tr:first-child button');
    await page.waitForSelector('.card dl');
    await picture(page, 'replay-account');
    // The same by keys alone: the first of the first generation, then one that it broke.
    const tree = page.locator('canvas[aria-label^="Cascade tree"]');
    await tree.focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    const [, account, generation] = /account (\d+), generation (\d)/.exec(
      (await tree.getAttribute('aria-label'))!,
    )!;
    expect(generation).toBe('2');
    await page.waitForFunction(
      (words) => document.querySelector('.card')!.textContent.startsWith(words),
      `Account ${account}`,
    );
    expect(messages).toEqual([]);
    await page.close();
  });

  test('sets two policies side by side, and goes to where they part', async () => {
    const { page, messages } = await noted(browser);
    await page.goto(`file://${at('replay.html')}#run=1&policy=flat&beside=calls`);
    await ready(page);
    const { partingOf } = await import('../../src/replay/parting.ts');
    const parting = partingOf(expected('flat', 1), expected('calls', 1))!;
    expect(await told(page)).toContain(`They part at ${(parting.time_us / 1e6).toFixed(6)} s`);
    await page.click('.controls button[title^=Where]');
    await addressOf(page, `t=${parting.time_us / 1e6}`);
    await picture(page, 'replay-two-policies');
    expect(messages).toEqual([]);
    await page.close();
  });

  test('forks the run at the moment that is shown: the world that unwind fork makes', async () => {
    const { page, messages } = await noted(browser);
    await page.goto(`file://${at('replay.html')}#run=1&policy=flat&t=15.5`);
    await ready(page);
    await page.selectOption('.forking select', 'policy=calls');
    await page.click('.forking button.fork');
    await page.waitForSelector('code[data-second-hash]');
    await ready(page);
    const fork = expected('flat', 1, { at_us: 15_500_000, changes: [{ policy: 'calls' }] });
    const command = ['fork', 'results', '--run', '1', '--policy', 'flat', '--at', '15.5s'];
    const made = JSON.parse(unwind(...command, '--change', 'policy=calls', '--json')) as {
      world_hash: string;
    };
    expect(await secondHash(page)).toBe(fork.hash);
    expect(made.world_hash).toBe(fork.hash);
    expect(await page.textContent('.world')).toContain(`unwind ${command.join(' ')} --change policy=calls`);
    const address = await addressOf(page, 'fork=15.5&change=policy%3Dcalls');
    expect(await told(page)).toMatch(/^They part at 15\.[5-9]/);
    await picture(page, 'replay-fork');

    // The address is the finding: it opens as it was; keys take it back and make another.
    await page.goto('about:blank');
    await page.goto(`file://${at('replay.html')}${address}`);
    await page.waitForSelector('code[data-second-hash]');
    await ready(page);
    expect(await secondHash(page)).toBe(fork.hash);
    await page.locator('h1').click();
    await page.keyboard.press('x');
    await page.waitForFunction(() => document.querySelector('code[data-second-hash]') === null);
    await ready(page);
    await page.waitForFunction(() => !location.hash.includes('fork'));
    await page.selectOption('.forking select', 'engine=off');
    await page.locator('h1').click();
    await page.keyboard.press('f');
    await page.waitForSelector('code[data-second-hash]');
    await ready(page);
    const off = expected('flat', 1, { at_us: 15_500_000, changes: [{ engine: 'off' }] });
    expect(await secondHash(page)).toBe(off.hash);

    // What the address asks for and is not there is said.
    await page.goto('about:blank');
    await page.goto(`file://${at('replay.html')}#run=1&fork=12&change=gravity=off`);
    await page.waitForFunction(() => document.querySelector('.status')!.textContent.includes('gravity'));
    expect(await page.textContent('.status')).toBe(
      'the address asks for a fork with gravity=off: there is no such change here',
    );
    expect(messages).toEqual([]);
    await page.close();
  });

  const MEDIA = [
    ['phone', { viewport: { width: 390, height: 844 } }],
    ['dark', { colorScheme: 'dark' as const }],
    ['print', {}],
  ] as const;
  const VIEWS = [
    ['replay', 'replay.html#run=1&policy=flat&t=15'],
    ['replay-beside', 'replay.html#run=1&policy=flat&beside=calls&t=15'],
    ['laboratory', 'lab.html#leverage=2'],
  ] as const;

  test.each(
    VIEWS.flatMap(([view, address]) =>
      MEDIA.map(([name, options]) => [view, name, address, options] as const),
    ),
  )('is to be looked at: %s, %s', async (view, name, address, options) => {
    const { page, messages } = await noted(browser, options);
    if (name === 'print') await page.emulateMedia({ media: 'print' });
    await page.goto(`file://${at(address)}`);
    await ready(page);
    await page.waitForTimeout(300);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    expect(await seriousFaults(page)).toEqual([]);
    await picture(page, `${view}-${name}`, true);
    expect(messages).toEqual([]);
    await page.close();
  });

  test('the laboratory turns the second world, and makes the runs of the results', async () => {
    const { page, messages } = await noted(browser);
    await page.goto(`file://${at('lab.html')}`);
    await ready(page);
    const columns = 'systemic, accounts, share, "drop", generations';
    const where = "from runs where policy = 'flat' order by run";
    const rows = JSON.parse(unwind('query', 'results', `select ${columns} ${where}`, '--json')) as unknown[];
    await page.waitForFunction(
      () => Number(document.querySelector<HTMLElement>('.outcomes')!.dataset['made']) >= 3,
    );
    const made = await page.getAttribute('.outcomes', 'data-first');
    expect(JSON.parse(made!)).toEqual(rows);
    await page.locator('input[name=leverage]').fill('1');
    await page.waitForFunction(
      () => document.querySelector('.stages .stage:nth-child(2) .totals')!.textContent.length > 0,
    );
    expect(await page.textContent('.sliders output')).toBe('×2.00');
    expect(await seriousFaults(page)).toEqual([]);
    await page.waitForTimeout(3000);
    await picture(page, 'laboratory', true);

    // Forked at the shock: a larger shock on the same past, alike in picture and in the background.
    await page.selectOption('select[name=from]', 'shock');
    await page.locator('input[name=shock]').fill('1');
    await page.waitForFunction(() =>
      document.querySelector('.stage:nth-child(2) h2')!.textContent.includes('from the shock on'),
    );
    expect(await page.isDisabled('input[name=leverage]')).toBe(true);
    await ready(page);
    const settings = { ...AS_WRITTEN, leverage: 2, shock: 2 };
    const { hash } = expected('flat', 0, { changes: [], settings });
    await page.waitForSelector(`code[data-second-hash="${hash}"]`); // what was turned last is made in the end
    const forks = new Outcomes(smallExperiment(), 'flat', 0, { changes: [], settings });
    // Runs of settings that were turned on the way come first.
    const turned = async (): Promise<unknown> =>
      JSON.parse((await page.getAttribute('.outcomes', 'data-turned')) ?? '[]');
    await expect.poll(turned, { timeout: 60_000 }).toEqual([0, 1, 2].map((run) => forks.of(run)));
    const link = await addressOf(page, 'leverage=2&size=2&from=shock');
    await picture(page, 'laboratory-shock', true);
    await page.goto('about:blank');
    await page.goto(`file://${at('lab.html')}${link}`);
    await ready(page);
    expect(await page.inputValue('input[name=shock]')).toBe('1');
    expect(await secondHash(page)).toBe(hash);
    expect(messages).toEqual([]);
    await page.close();
  });
});

test.runIf(wanted)('firefox makes the world that Node makes, too', async () => {
  const firefox = await launchFirefox();
  try {
    const page = await firefox.newPage();
    const messages: string[] = [];
    page.on('console', (message) => messages.push(message.text()));
    await page.goto(`file://${at('replay.html')}`);
    await page.waitForSelector('code[data-world-hash]', { timeout: 60_000 });
    expect(await page.$eval('code[data-world-hash]', (code) => code.textContent)).toBe(
      expected('flat', 1).hash,
    );
    expect(messages).toEqual([]);
  } finally {
    await firefox.close();
  }
});

test.runIf(!wanted)('browsers are tested by npm run browser-test', () => {
  expect(process.env['UNWIND_BROWSER']).toBeUndefined();
});
