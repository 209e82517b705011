/** One run of a results folder made again for its figures; it must come out as the folder says. */
import { marketOf, placeOf } from '../../lab/replay.ts';
import { replayedRun, requireAsRecorded } from '../../lab/recorded-run.ts';
import { requireManifest } from '../../lab/store/finished.ts';
import { readRecordedExperiment, readRow } from '../../lab/store/recorded.ts';
import { shockTitle } from '../../models/market/shock-title.ts';
import { portraitOf } from '../../replay/portrait.ts';
import type { Replayed } from '../../report/results.ts';

export interface RunOrder {
  readonly run: number;
  readonly policy?: string | undefined;
  readonly shock?: string | undefined;
}

/** Throws ConfigError where there is no such run, or it does not come out as recorded. */
export async function replayedOf(folder: string, order: RunOrder): Promise<Replayed> {
  const manifest = requireManifest(folder);
  const recorded = marketOf(readRecordedExperiment(folder, manifest), folder);
  // Without what is made beside the run: the run is the same.
  const experiment = { ...recorded, counterfactuals: [], lac: undefined };
  const { policy, shock, run } = placeOf(experiment, order);
  const title = shockTitle(experiment, { policy, shock, label: '' });
  const key = { policy, shock: title, run };
  const row = await readRow(folder, manifest, key);
  requireAsRecorded(folder, manifest, run, row, replayedRun(experiment, { policy, shock }, run));
  const [venue] = experiment.venues;
  const traded = venue!.instruments[0]!.name;
  return {
    kind: 'replayed',
    folder,
    ...key,
    book: venue!.name === '' ? traded : `${venue!.name}: ${traded}`,
    seed: experiment.seed,
    money: experiment.money,
    portrait: portraitOf({ experiment, policy, shock, run }),
  };
}
