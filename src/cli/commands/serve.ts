/** `unwind serve DIR`: all pages of a results folder, on this machine alone. */
import type { CommandModule } from 'yargs';
import { pageOfFolder } from '../../lab/replay.ts';
import { requireManifest } from '../../lab/store/finished.ts';
import { markup } from '../../report/page/html.ts';
import type { Served } from '../../serve/server.ts';
import { pageOf } from '../../serve/page.ts';
import { closing } from '../help.ts';
import { wholeOr } from '../options.ts';
import { folderResults } from '../page/folder-results.ts';
import { reportOf } from '../page/write-report.ts';
import { serveUntilStopped } from '../pages.ts';
import { version } from '../../experiment/version.ts';

const PAGES = [
  ['/report', 'Report', 'the question, its answer, figures, how it was made'],
  ['/replay', 'Replay', 'any run, order by order'],
  ['/laboratory', 'Laboratory', 'the same market, with its settings in your hand'],
] as const;

export const serveCommand: CommandModule<object, { dir: string; port: number }> = {
  command: 'serve <dir>',
  describe: 'Serves report, replay and laboratory of a results folder on 127.0.0.1',
  builder: (yargs) =>
    yargs
      .positional('dir', { type: 'string', demandOption: true, describe: 'Results folder' })
      .option('port', wholeOr('port', 'Port of 127.0.0.1; 0: one that is free', { from: 0, to: 65_535 }, 0))
      .epilogue(
        closing(
          [
            ['npx unwind run experiments/lcst.yaml --runs 2 --out out', 'Results to look at'],
            ['npx unwind serve out', 'Says where they are shown, until Ctrl-C'],
          ],
          'Nothing but these pages can be read through it, and by nobody but this machine.',
        ),
      ),
  async handler({ dir, port }) {
    const manifest = requireManifest(dir);
    const order = { run: 0, command: `unwind serve ${dir}`, unwind: version };
    const replay = pageOf(await pageOfFolder(dir, manifest, { ...order, kind: 'replay' }));
    const laboratory = pageOf(await pageOfFolder(dir, manifest, { ...order, kind: 'laboratory' }));
    const report = await reportOf(await folderResults(dir));
    const pages = new Map<string, () => Served>([
      ['/', () => ({ html: indexOf(dir), policy: "default-src 'none'" })],
      ['/report', () => ({ html: report, policy: policyIn(report) })],
      ['/replay', () => replay],
      ['/laboratory', () => laboratory],
    ]);
    await serveUntilStopped(
      pages,
      port,
      PAGES.map(([path, name]) => [path, name] as const),
    );
  },
};

function indexOf(dir: string): string {
  const list = PAGES.map(([path, name, about]) => markup`<li><a href="${path}">${name}</a>: ${about}</li>`);
  return markup`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" /><title>${dir} · unwind</title>
      <h1>${dir}</h1>
      <ul>
        ${list}
      </ul>
    </html>`.text;
}

/** The policy that a page states in its text, for the header. */
function policyIn(text: string): string {
  return /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? "default-src 'none'";
}
