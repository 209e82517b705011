/** SVG as PNG, at the resolution of print, in the font that comes with unwind. No browser. */
import { createRequire } from 'node:module';
import { crc32 } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import { FIGURE_FONT, PAPER } from '../theme.ts';

/** Of an SVG's pixels, and of the picture: dots an inch. */
const SVG_DPI = 96;
const PRINT_DPI = 300;

const require = createRequire(import.meta.url);
const FONTS = [
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
];

/** Text as outlines, so that it needs no font where it is looked at. */
export function outlined(svg: string): string {
  return rendererOf(svg).toString();
}

/** 300 dots an inch, on white. */
export function pngOf(svg: string): Buffer {
  return withResolution(rendererOf(svg).render().asPng());
}

function rendererOf(svg: string): Resvg {
  return new Resvg(svg, {
    background: PAPER.light,
    fitTo: { mode: 'zoom', value: PRINT_DPI / SVG_DPI },
    font: {
      fontFiles: FONTS,
      loadSystemFonts: false,
      defaultFontFamily: FIGURE_FONT,
    },
  });
}

/** The first chunk, with its length, name and checksum, ends here. */
const AFTER_HEADER = 8 + 4 + 4 + 13 + 4;
const METRES_PER_INCH = 0.0254;

/** With the chunk that says how many pixels there are to the metre. Source: PNG specification, 11.3.4.3. */
function withResolution(png: Buffer): Buffer {
  const chunk = Buffer.alloc(4 + 4 + 9 + 4);
  chunk.writeUInt32BE(9, 0);
  chunk.write('pHYs', 4, 'latin1');
  const perMetre = Math.round(PRINT_DPI / METRES_PER_INCH);
  chunk.writeUInt32BE(perMetre, 8);
  chunk.writeUInt32BE(perMetre, 12);
  chunk.writeUInt8(1, 16);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
  return Buffer.concat([png.subarray(0, AFTER_HEADER), chunk, png.subarray(AFTER_HEADER)]);
}
