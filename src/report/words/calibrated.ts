/** The words of calibrations, in the terminal, in reports and in files alike. */
import { exp, log } from '../../core/maths.ts';
import type { CalibrateResult } from '../../design/calibrate/calibrate.ts';
import type { CheckedMoment } from '../../design/calibrate/check.ts';
import type { ParameterResult } from '../../design/calibrate/posterior.ts';
import { estimateText, intervalText, minus, percent, plain } from './numbers.ts';

type Aim = CalibrateResult['aims'][number];

export const PARAMETER_HEADS = [
  'setting',
  'range',
  'posterior',
  'width',
  'recovered',
  'coverage of 90 %',
  '',
];

/** What the data say of a setting; the last cell is its verdict. */
export function parameterCells(one: ParameterResult): [string, ...string[]] {
  return [
    one.path,
    minus(`${three(one.low)} to ${three(one.high)} ${one.unit}`.trim()),
    `${three(one.median)} [${three(one.interval.low)}, ${three(one.interval.high)}]`,
    plain(one.width),
    plain(one.recovered.width),
    estimateText(one.recovered.coverage, percent),
    one.verdict,
  ];
}

export function momentName({ moment, held_out }: Aim): string {
  return held_out ? `${moment} (held out)` : moment;
}

export function targetText({ value, error, scale }: Aim): string {
  return minus(`${three(value)} ${scale === 'log' ? `× ${three(exp(error))}` : `± ${three(error)}`}`);
}

/** What a market gives; with a star where the target lies outside of its interval. */
export function momentText({ scale }: Aim, { value, low, high, holds_target }: CheckedMoment): string {
  const back = (x: number): number => (scale === 'log' ? exp(x) : x);
  const interval = intervalText({ low: back(low), high: back(high) }, three);
  const text = minus(`${three(back(value))} ${interval}`.trim());
  return holds_target ? text : `${text} *`;
}

/** How far from its target something is that is compared as the moment is, in the target's own standard errors. */
export function errorsFromTarget({ value, error, scale }: Aim, compared: number): number {
  return (compared - (scale === 'log' ? log(value) : value)) / error;
}

/** Three significant digits. */
export function three(value: number): string {
  return Number.isFinite(value)
    ? value.toLocaleString('en-US', { maximumSignificantDigits: 3, useGrouping: Math.abs(value) >= 1e4 })
    : '–';
}
