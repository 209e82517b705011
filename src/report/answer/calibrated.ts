/** What a calibration answers: which settings the data identify, and how far the market that is left is from the data. */
import type { CalibrateResults } from '../results.ts';
import { three } from '../words/calibrated.ts';
import { minus } from '../words/numbers.ts';
import type { Piece } from './piece.ts';
import { listed, quote } from './piece.ts';

export function calibratedAnswer({ result }: CalibrateResults): Piece[] {
  const { parameters, posterior, as_it_stands, aims, usable, keep } = result;
  const identified = parameters.filter(({ verdict }) => verdict === 'identified');
  const named = identified.map(({ path, median, interval, unit }): Piece[] => {
    const text = `${three(median)} [${three(interval.low)}, ${three(interval.high)}]${unit === '' ? '' : ` ${unit}`}`;
    const at = parameters.findIndex((one) => one.path === path);
    return [`${path} (`, { text: minus(text), value: median, from: `parameters/${at}/median` }, ')'];
  });
  const held = posterior.moments.filter(({ holds_target }) => holds_target).length;
  const distance = (value: number, from: string): Piece =>
    quote({ value, low: Number.NaN, high: Number.NaN }, 'number', from);
  return [
    `The data identify ${identified.length} of ${parameters.length} settings`,
    ...(named.length === 0 ? [] : [': ', ...listed(named)]),
    `. What is left possible (${keep} of ${usable} markets) holds ${held} of ${aims.length} targets, at a distance of `,
    distance(posterior.distance.fitted, 'posterior/distance/fitted'),
    ' standard errors where the file as it stands has ',
    distance(as_it_stands.distance.fitted, 'as_it_stands/distance/fitted'),
    '.',
  ];
}
