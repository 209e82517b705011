/** An HTML file that needs nothing else, under a policy that lets nothing else in: no script, no request, its own style alone. */
import { createHash } from 'node:crypto';
import type { Html } from './html.ts';
import { drawn, markup } from './html.ts';
import { STYLE } from './style.ts';

/** Its text. The same body gives the same bytes. */
export function documentOf(title: string, body: Html): string {
  const policy = `default-src 'none'; style-src '${hashOf(STYLE)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
${
  markup`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="${drawn(policy)}" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <title>${title}</title>
      <style>${drawn(STYLE)}</style>
    </head>
    <body>
      ${body}
    </body>
  </html>`.text
}
`;
}

/** As a Content-Security-Policy names what it lets through. */
export function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
