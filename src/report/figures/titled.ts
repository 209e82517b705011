/** A figure that stands by itself: its title over it, with how many runs it is of and what its bands are. */
import type { TopLevelSpec } from 'vega-lite';
import { FIGURE_CONFIG, MUTED } from '../theme.ts';
import { minus } from '../words/numbers.ts';
import { widthInEms } from '../words/text-width.ts';
import type { Drawing, Layout } from './figure.ts';

const SMALL = 11;

export function titledSpec({ title, runs, bands, spec }: Drawing, layout: Layout): TopLevelSpec {
  const room = layout.width - 16;
  const about = minus([runs, ...(bands === undefined ? [] : [bands])].join('; '));
  return {
    ...spec(layout),
    title: {
      text: linesIn(title, room, FIGURE_CONFIG.title.fontSize * BOLD),
      subtitle: linesIn(about, room, SMALL),
      limit: layout.width,
      subtitleFontSize: SMALL,
      subtitleColor: MUTED.light,
      subtitlePadding: 4,
      offset: 12,
    },
  };
}

/** Bold letters are so much wider. */
const BOLD = 1.1;

/** Words in lines of at most so many pixels. */
function linesIn(text: string, room: number, fontSize: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)!} ${word}`;
    if (lines.length > 0 && widthInEms(longer) * fontSize <= room) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines;
}
