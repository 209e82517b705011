// Bundles the page and its worker for browsers, into dist/page: plain scripts that a page carries within itself.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'dist', 'page');

/** zod brings its messages in fifty languages; the engine says its own, in one. */
const oneLanguage = {
  name: 'one-language',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      loader: 'js',
    }));
  },
};

mkdirSync(out, { recursive: true });
await build({
  entryPoints: { main: join(root, 'src/page/main.ts'), worker: join(root, 'src/page/worker.ts') },
  outdir: out,
  bundle: true,
  minify: true,
  // Names of functions and classes stand in messages.
  keepNames: false,
  format: 'iife',
  platform: 'browser',
  target: ['chrome110', 'firefox115', 'safari16'],
  charset: 'utf8',
  legalComments: 'none',
  plugins: [oneLanguage],
  logLevel: 'warning',
});
// Colours and fonts are those of figures and reports.
const { CODE_FONTS, PAGE_FONTS, pageColours } = await import('../dist/src/report/theme.js');
const fonts = `--page-fonts:${PAGE_FONTS};--code-fonts:${CODE_FONTS}`;
const colours = `:root{color-scheme:light dark;${fonts};${pageColours('light')}}
@media (prefers-color-scheme:dark){:root{${pageColours('dark')}}}
@media print{:root{color-scheme:light;${pageColours('light')}}}
`;
writeFileSync(join(out, 'page.css'), colours + readFileSync(join(root, 'src/page/page.css'), 'utf8'));
