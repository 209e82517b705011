/** How wide a text is in the figures' font (DejaVu Sans), so that legends and axes have the same room on every machine. */

/** Advances of the characters from space to tilde, thousandths of an em: the font's own table. */
const ADVANCES = [
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636,
  636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295,
  295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838,
  500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521,
  392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];
const SPACE = 32;
/** Of signs such as − ≥ × and letters of other scripts: rather too wide. */
const OTHER = 838;

export function widthInEms(text: string): number {
  let sum = 0;
  for (const character of text) sum += ADVANCES[character.codePointAt(0)! - SPACE] ?? OTHER;
  return sum / 1000;
}
