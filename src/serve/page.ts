/**
 * A page as one text: its scripts, its style and its data within itself, so that it opens from disk, asks no server and no
 * network, and runs under a policy that allows nothing else.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PageData } from '../replay/page-data.ts';
import { hashOf } from '../report/page/document.ts';
import { markup } from '../report/page/html.ts';

/** What the page may do: run its own script and worker, and use its own style. Nothing is fetched. */
export function policyOf(scripts: readonly string[], styles: readonly string[]): string {
  const hashes = (texts: readonly string[]): string => texts.map((text) => `'${hashOf(text)}'`).join(' ');
  return [
    "default-src 'none'",
    `script-src ${hashes(scripts)}`,
    `style-src ${hashes(styles)}`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

export interface Page {
  readonly html: string;
  /** Its content security policy: in the text, and for a server's header. */
  readonly policy: string;
}

export function pageOf(data: PageData): Page {
  const main = inScript(part('main.js'));
  const worker = inScript(part('worker.js'));
  const style = part('page.css');
  const policy = policyOf([main], [style]);
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${markup`<title>${data.title}</title>`.text}
<style>${style}</style>
</head>
<body>
<div id="unwind"><noscript>This page needs scripts: it makes the run anew as you look.</noscript></div>
<script type="application/json" id="unwind-data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>
<script type="text/plain" id="unwind-worker">${worker}</script>
<script>${main}</script>
</body>
</html>
`;
  return { html, policy };
}

/** A file of the built page. Throws Error where it has not been built. */
function part(name: string): string {
  return readFileSync(fileURLToPath(import.meta.resolve(`#page/${name}`)), 'utf8');
}

/** A script that cannot end the element that it stands in: in its strings and expressions, `\\/` is `/`. */
function inScript(text: string): string {
  return text.replaceAll('</', '<\\/').replaceAll('<!--', '<\\!--');
}
