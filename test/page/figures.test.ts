// Every figure at every width, in a real browser: nothing of it sticks out or lies over another. Pictures to look at are left under
// test/output/figures.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { svgOf } from '../../src/report/draw/svg.ts';
import { HALF, NARROW, WIDE } from '../../src/report/figures/figure.ts';
import { figures } from '../../src/report/figures/index.ts';
import { drawingOf } from '../report/example-drawings.ts';
import { launch, noted, pictureOf, wanted } from './browser.ts';
import { misplaced } from './misplaced.ts';

const LAYOUTS = { wide: WIDE, half: HALF, phone: NARROW } as const;

let browser: Browser;
beforeAll(async () => {
  if (wanted) browser = await launch();
});
afterAll(async () => {
  if (wanted) await browser.close();
});

describe.runIf(wanted)('in chromium', () => {
  test.each(figures.map((figure) => [figure.id, figure] as const))(
    '%s has all its texts in their places',
    async (id, figure) => {
      const { spec, title } = drawingOf(figure);
      for (const [name, layout] of Object.entries(LAYOUTS)) {
        const { page } = await noted(browser, { viewport: { width: layout.width + 16, height: 844 } });
        const svg = await svgOf(spec(layout));
        await page.setContent(
          `<title>${title}</title><style>svg { max-width: 100%; height: auto }</style><body style="margin: 4px"><figure id="${id}" style="margin: 0">${svg}</figure>`,
        );
        expect(await misplaced(page), name).toEqual([]);
        await pictureOf(page, `figure svg`, `figures/${id}-${name}`);
        await page.close();
      }
    },
  );
});
