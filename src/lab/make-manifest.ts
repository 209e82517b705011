/** Makes the manifest of a run that is done. */
import { cpus } from 'node:os';
import { auditTerms } from './store/audit-terms.ts';
import type { Execution } from './work/execute.ts';
import type { Experiment } from '../models/experiment.ts';
import { failedRuns } from './store/failed-run.ts';
import type { Manifest } from './store/manifest.ts';
import type { Summary } from '../models/model.ts';
import type { Timing } from './store/origin.ts';
import { originOf } from './store/origin.ts';
import { hashOfParts } from './store/parts.ts';
import { summarise } from './summarise.ts';
import type { Order } from './store/order.ts';
import { tablesOf } from './store/own-names.ts';

export function makeManifest(
  order: Order,
  execution: Execution,
  timing: Timing,
  facts?: Manifest['facts'],
): Manifest {
  const { experiment, audited } = order;
  const { parts, runs, stop } = execution;
  const { command, sets, inputs, plug_ins, warnings, ...origin } = originOf(order);
  return {
    ...origin,
    runs,
    stop,
    results_hash: hashOfParts(parts),
    command,
    sets,
    inputs,
    ...(plug_ins && { plug_ins }),
    warnings,
    node: process.version,
    host: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      platform: `${process.platform} ${process.arch}`,
    },
    timing,
    summary: summaryOf(experiment, execution),
    facts,
    failures: failedRuns(experiment, execution.lost),
    tables: tablesOf(experiment, audited),
    parts,
    audit: auditTerms(experiment, audited),
  };
}

/** The model's results, with how many runs they lack. */
function summaryOf(experiment: Experiment, { columns, lost, stop }: Execution): Summary {
  const perCell = columns.map((_, i) => lost.filter(({ cell }) => cell === i).length);
  return summarise(experiment, columns, { lost: perCell, because: stop.because });
}
