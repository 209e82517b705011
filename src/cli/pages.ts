/** Showing pages: written to a file, or served on this machine until Ctrl-C. */
import { existsSync, writeFileSync } from 'node:fs';
import { UsageError } from './usage-error.ts';
import type { Served } from '../serve/server.ts';
import { serve } from '../serve/server.ts';
import { tell } from './tell.ts';

/** Writes a page where there is no file yet. */
export function writePage(file: string, html: string): void {
  if (existsSync(file)) throw new UsageError(`--out ${file}: it is there already; name another file`);
  writeFileSync(file, html, { flag: 'wx' });
  tell(`${file}: ${(html.length / 1e6).toFixed(1)} MB; opens in a browser from disk, and needs no network`);
}

/** Serves pages until Ctrl-C (or SIGTERM). `open`: paths to name, with what is there. */
export async function serveUntilStopped(
  pages: ReadonlyMap<string, () => Served>,
  port: number,
  open: readonly (readonly [path: string, what: string])[],
): Promise<void> {
  const running = await serve(pages, port).catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE')
      throw new UsageError(`--port ${port}: another program uses it; name another one`);
    throw error;
  });
  for (const [path, what] of open) process.stdout.write(`${what}: http://127.0.0.1:${running.port}${path}\n`);
  tell('Ctrl-C ends it. Nobody but this machine can reach it.');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  await running.close();
}
