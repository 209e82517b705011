/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** Texts of figures that stick out of their picture or lie over each other, and what is wider than the page. */
export function misplaced(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const svg of document.querySelectorAll('figure svg')) {
      const frame = svg.getBoundingClientRect();
      if (frame.width === 0) continue; // that of the other width
      const name = svg.closest('figure')!.id;
      const texts = [...svg.querySelectorAll('text')]
        .filter((text) => getComputedStyle(text).opacity !== '0') // a label that had no room
        .map((text) => ({ words: text.textContent, box: text.getBoundingClientRect() }))
        .filter(({ words, box }) => words !== '' && box.width > 0);
      texts.forEach(({ words, box }, i) => {
        const isOut =
          box.left < frame.left - 1 ||
          box.right > frame.right + 1 ||
          box.top < frame.top - 1 ||
          box.bottom > frame.bottom + 1;
        if (isOut) found.push(`${name}: ${words} sticks out`);
        for (const { words: others, box: other } of texts.slice(i + 1)) {
          const width = Math.min(box.right, other.right) - Math.max(box.left, other.left);
          const height = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
          if (width > 1 && height > 2) found.push(`${name}: ${words} lies over ${others}`);
        }
      });
    }
    for (const table of document.querySelectorAll('.wide-table'))
      if (table.scrollWidth > table.clientWidth + 1)
        found.push(`${table.ariaLabel}: columns are out of sight`);
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} wide, and shows ${clientWidth}`);
    return found;
  });
}
