/** A page as PDF, printed by a browser of the machine: unwind brings none. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'chrome', 'msedge'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-sync',
];

/** Prints a page of a file into another. What kept it from that, in a line; undefined: it is there. */
export function printed(page: string, pdf: string): string | undefined {
  const profile = mkdtempSync(join(tmpdir(), 'unwind-pdf-'));
  try {
    const options = [
      `--user-data-dir=${profile}`,
      '--no-pdf-header-footer',
      `--print-to-pdf=${resolve(pdf)}`,
    ];
    for (const browser of BROWSERS) {
      const { error, status } = spawnSync(
        browser,
        [...FLAGS, ...options, pathToFileURL(resolve(page)).href],
        {
          stdio: 'ignore',
          timeout: 60_000,
        },
      );
      if (error === undefined && status === 0) return undefined;
      if ((error as NodeJS.ErrnoException | undefined)?.code !== 'ENOENT')
        return `no PDF: ${browser} could not print ${page}`;
    }
    return `no PDF: needs a browser (${BROWSERS.slice(0, 3).join(', ')}); any browser prints ${page}`;
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}
