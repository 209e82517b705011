/** Real browsers, where the machine has them: Debian's. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';

const CHROMIUM = '/usr/bin/chromium';
const FIREFOX = '/usr/bin/firefox-esr';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Set where browsers must be there: a missing one then fails, and is not passed over. */
export const wanted = process.env['UNWIND_BROWSER'] !== undefined;

export function launch(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) throw new Error('needs Debian’s chromium: apt-get install chromium');
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** Debian's firefox, which playwright does not drive: by WebDriver BiDi. */
export function launchFirefox() {
  if (!existsSync(FIREFOX)) throw new Error('needs Debian’s firefox: apt-get install firefox-esr');
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: FIREFOX,
    headless: true,
    protocol: 'webDriverBiDi',
  });
}

/** A page that notes every message, error and request. */
export async function noted(browser: Browser, options: BrowserContextOptions = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, ...options });
  const messages: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => messages.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  return { page, messages, requests };
}

const OUTPUT = fileURLToPath(new URL('../output', import.meta.url));

/** Pictures to look at, under test/output. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true });
  await page.screenshot({ path: join(OUTPUT, `${name}.png`), fullPage });
}

/** The same of one element. */
export async function pictureOf(page: Page, selector: string, name: string): Promise<void> {
  mkdirSync(dirname(join(OUTPUT, name)), { recursive: true });
  await page.locator(selector).screenshot({ path: join(OUTPUT, `${name}.png`) });
}
