/** What the page was made for, from its text. */
import type { PageData } from '../replay/page-data.ts';

export function readPageData(): PageData {
  return JSON.parse(textOf('unwind-data')) as PageData;
}

/** Text of an element that holds data. */
export function textOf(id: string): string {
  const text = document.getElementById(id)?.textContent;
  if (text === undefined) throw new Error(`this page has lost its part ${id}`);
  return text;
}
