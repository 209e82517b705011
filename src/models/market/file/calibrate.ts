/**
 * `calibrate`: which settings are fitted, to which numbers of real markets. Numbers are given with their error, or measured on
 * data by the estimators that simulated markets are judged by.
 */
import { z } from 'zod';
import { at, ConfigError } from '../../../core/errors.ts';
import { count, number, runs } from '../../../core/settings.ts';
import { createRng } from '../../../core/rng.ts';
import { log } from '../../../core/maths.ts';
import { bootstrapError } from '../../../stats/facts/bootstrap-error.ts';
import type { Moment } from '../../../scorecard/facts/moments.ts';
import { moments, scaled } from '../../../scorecard/facts/moments.ts';
import type { DataFiles } from '../../../experiment/data-files.ts';
import { readBands } from './book-files.ts';
import { readTrades } from '../../../experiment/data/trades.ts';
import { parameters } from '../../../experiment/design-blocks.ts';
import { suggestion } from '../../../experiment/nearest.ts';

const target = z
  .strictObject({
    value: number().optional().describe('The number that is wanted.'),
    measured: z.boolean().default(false).describe('… or measured on the data of this block.'),
    error: number({ least: 0 })
      .default(0)
      .describe(
        'Standard error, of a number that is compared by its logarithm that of the logarithm; of a measured one what is added ' +
          'to that of the data, which does not know other days.',
      ),
    held_out: z.boolean().default(false).describe('Not fitted, but told of: how good the fit is elsewhere.'),
    source: z.string().optional().describe('Where it comes from.'),
  })
  .refine(({ value, measured }) => (value === undefined) === measured, {
    error: 'needs either a value or measured: true',
  });

export const calibrateSchema = z
  .strictObject({
    parameters,
    data: z
      .strictObject({
        trades: z.string().optional().describe('CSV of time, price, quantity, taker_side.'),
        closes: z.string().optional().describe('CSV of hourly closes.'),
        bands: z.string().optional().describe('CSV of side, within_percent, cumulative_notional.'),
      })
      .default({}),
    targets: z
      .record(z.string(), target)
      .refine((all) => Object.values(all).some(({ held_out }) => !held_out), 'needs a target that is fitted')
      .describe('Numbers of real markets, by the name of the moment.'),
    days: count({ least: 1, most: 100 })
      .default(1)
      .describe(
        'Days, each on luck of its own and as long as until, whose stretches one sample of a market pools.',
      ),
    points: count({ least: 20, most: 65_536 }).default(400).describe('Markets drawn from the ranges.'),
    keep: count({ least: 10, most: 10_000 })
      .default(200)
      .describe('Nearest of them: draws of the posterior.'),
    search: count({ most: 10_000 })
      .default(20)
      .describe('Points of a search for the best single market, inside the posterior.'),
    fresh_runs: runs({ least: 2 })
      .default(4)
      .describe('Runs on fresh seeds of the file as it stands and of the best market.'),
  })
  .refine(({ points, keep, parameters: all }) => points > keep && keep >= 2 * Object.keys(all).length + 2, {
    path: ['keep'],
    error: 'needs fewer than points, and at least two for each parameter and two more',
  })
  .describe('For unwind calibrate: which settings are fitted to which numbers of real markets.');

export type CalibrateBlock = z.output<typeof calibrateSchema>;

export interface Target {
  readonly moment: string;
  /** In the moment's own unit. */
  readonly value: number;
  /** As the moment is compared: of the logarithm where it is that. */
  readonly error: number;
  readonly held_out: boolean;
  readonly source: string;
}

export type Calibration = CalibrateBlock & { readonly read: readonly Target[] };

/** The block with what its data say. Throws ConfigError, its path from the block. */
export function readCalibration(block: CalibrateBlock, files: DataFiles, money: string): Calibration {
  const read = Object.entries(block.targets).map(([name, written]) =>
    at(['targets', name], () => {
      const moment = moments.find((one) => one.name === name);
      const known = moments.map((one) => one.name);
      if (moment === undefined)
        throw new ConfigError([], `there is no moment ${name}; ${suggestion(name, known)}`);
      const { value, error, held_out, source = 'given' } = written;
      if (value !== undefined) {
        if (!(error > 0)) throw new ConfigError(['error'], 'needs an error above 0');
        if (Number.isNaN(scaled(moment, value))) throw new ConfigError(['value'], 'must be above 0');
        return { moment: name, value, error, held_out, source };
      }
      const measured = measure(moment, block.data, files, money);
      const all = Math.sqrt(measured.error * measured.error + error * error);
      return { moment: name, value: measured.value, error: all, held_out, source: measured.source };
    }),
  );
  return { ...block, read };
}

interface Measured {
  readonly value: number;
  readonly error: number;
  readonly source: string;
}

/** Length of a stretch of trades that a bootstrap draws. */
const STRETCH_S = 10;
const HOURS_A_WEEK = 168;
const HOURS_A_YEAR = 365 * 24;

function measure(moment: Moment, data: CalibrateBlock['data'], files: DataFiles, money: string): Measured {
  const on = 'of' in moment ? moment.measured_on : undefined;
  if (!('of' in moment) || on === undefined)
    throw new ConfigError(['measured'], 'no data of these kinds tell of it: give a value');
  const file = data[on];
  if (file === undefined) throw new ConfigError(['measured'], `needs data.${on}`);
  const found = on === 'trades' ? ofTrades(moment, file, files) : on === 'closes' ? ofCloses(file, files) : ofBands(file, files, money); // prettier-ignore
  if (!Number.isFinite(scaled(moment, found.value)) || !Number.isFinite(found.error))
    throw new ConfigError(['measured'], `${file} has too little data to tell`);
  return { ...found, source: file };
}

function ofTrades(
  moment: Extract<Moment, { of: unknown }>,
  file: string,
  files: DataFiles,
): Omit<Measured, 'source'> {
  const blocks = readTrades(files, file, STRETCH_S);
  const error = bootstrapError(blocks, (drawn) => scaled(moment, moment.of(drawn)), createRng(moment.name));
  return { value: moment.of(blocks), error };
}

/** Volatility of a usual week, and how far weeks are from it: half of the distance of the 16 and 84 % quantiles. */
function ofCloses(file: string, files: DataFiles): Omit<Measured, 'source'> {
  const closes = files.prices(file, 3600e6);
  const weeks: number[] = [];
  for (let from = 0; from + HOURS_A_WEEK < closes.length; from += HOURS_A_WEEK) {
    let squares = 0;
    for (let i = from + 1; i <= from + HOURS_A_WEEK; i++) {
      const r = log(closes[i]! / closes[i - 1]!);
      squares += r * r;
    }
    weeks.push(Math.sqrt((squares / HOURS_A_WEEK) * HOURS_A_YEAR));
  }
  weeks.sort((a, b) => a - b);
  const quantile = (p: number): number => weeks[Math.floor(p * (weeks.length - 1))] ?? NaN;
  return { value: quantile(0.5), error: (log(quantile(0.84)) - log(quantile(0.16))) / 2 };
}

/** Mean of both sides within 1 %; its error is what the file of the experiment says. */
function ofBands(file: string, files: DataFiles, money: string): Omit<Measured, 'source'> {
  const { bid, ask } = readBands(files, file, money);
  const within = ({ within }: { within: number }): boolean => Math.abs(within - 0.01) < 1e-9;
  return { value: ((bid.find(within)?.notional ?? NaN) + (ask.find(within)?.notional ?? NaN)) / 2, error: 0 };
}
