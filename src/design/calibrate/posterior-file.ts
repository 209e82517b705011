/** A posterior as a file that experiments can be run on: draws as changes of settings, by their paths. */
import { stringify } from 'yaml';
import { writeWhole } from '../../lab/store/durable.ts';
import type { PosteriorFile } from '../../experiment/markets.ts';
import type { CalibrateResult } from './calibrate.ts';

const HEADER = `# Plausible markets: draws from what the data of a calibration leave possible, with their weights.
# Made by the command below; the same seed gives the same draws. Read by: unwind compare FILE --markets NAME
`;

/** Throws what the system says where it cannot be written. */
export function writePosterior(file: string, result: CalibrateResult, origin: PosteriorOrigin): void {
  writeWhole(file, posteriorText(result, origin));
}

/** The command that makes it, and the experiment's seed. */
type PosteriorOrigin = Pick<PosteriorFile, 'made_by' | 'seed'>;

export function posteriorText(
  { usable, parameters, draws }: CalibrateResult,
  { made_by, seed }: PosteriorOrigin,
): string {
  const document: PosteriorFile = {
    made_by,
    seed,
    points: usable,
    parameters: parameters.map(({ path, unit, scale, whole, low, high, median, below, above }) => ({
      ...{ path, unit, scale, whole, low, high, median, below, above },
    })),
    draws: draws.map(({ weight, point }) => ({
      weight: Number(weight.toPrecision(6)),
      changes: Object.fromEntries(
        parameters.map(({ path, unit }) => [path, unit === '' ? point[path]! : `${point[path]!} ${unit}`]),
      ),
    })),
  };
  return HEADER + stringify(document, { lineWidth: 0 });
}
