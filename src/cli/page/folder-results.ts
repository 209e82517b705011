/** Results of a folder, as reports and figures need them: read, and checked for damage and for their shape. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readDesign, readRows } from '../../design/points/output.ts';
import { sensitivityDesign } from '../../design/sensitivity/sensitivity-design.ts';
import { requireManifest } from '../../lab/store/finished.ts';
import { COMPARISON, unfinished } from '../../lab/store/holding.ts';
import { designIn, HEADER, readOrder, wantsAgreement } from '../../lab/store/order.ts';
import { originOf } from '../../lab/store/origin.ts';
import { OutputError } from '../../lab/store/output-error.ts';
import { readSealed } from '../../lab/store/sealed.ts';
import type { Comparison } from '../../models/compare/index.ts';
import type { Experiment, MarketExperiment } from '../../models/experiment.ts';
import { policyAt } from '../../models/market/venue-columns.ts';
import { ladderOf } from '../../clearing/policy/policy.ts';
import type { Results, RunResults } from '../../report/results.ts';
import { assumptionsOf } from './assumptions.ts';
import { byPolicyAt, venuesIn } from './venue-cells.ts';

/** Throws OutputError where the folder holds no finished results of which there is a report, or is damaged. */
export async function folderResults(folder: string): Promise<Results> {
  const design = designIn(folder);
  if (design === undefined) {
    // What the experiment alone tells is left out where reading it would run code.
    const isRead = existsSync(join(folder, HEADER)) && !wantsAgreement(folder);
    return runResults(folder, isRead ? readOrder(folder).experiment : undefined);
  }
  const order = readOrder(folder);
  const { experiment } = order;
  const document = readDesign(folder, design);
  if (document === undefined) throw new OutputError(`${folder}: holds ${unfinished(folder, design)}`);
  const common = {
    folder,
    origin: originOf(order),
    timing: document.timing,
    money: moneyOf(experiment),
    assumptions: assumptionsOf(experiment),
  };
  const rows = await readRows(folder, document);
  if (design === 'sensitivity') {
    const result = sensitivityDesign(experiment).resultOf(document.summary, rows);
    return { ...common, kind: 'sensitivity', result };
  }
  if (design === 'tune') {
    const { tuneDesign } = await import('../../design/tune/tune-design.ts');
    return { ...common, kind: 'tune', result: tuneDesign(experiment).resultOf(document.summary, rows) };
  }
  if (design === 'calibrate') {
    const { calibrateDesign } = await import('../../design/calibrate/calibrate-design.ts');
    const result = calibrateDesign(experiment).resultOf(document.summary, rows);
    return { ...common, kind: 'calibrate', result };
  }
  const { marketsDesign } = await import('../../design/markets/markets-design.ts');
  return { ...common, kind: 'markets', result: marketsDesign(experiment).resultOf(document.summary, rows) };
}

/** `experiment`: that of the folder; undefined where it has only results. */
export function runResults(folder: string, experiment: Experiment | undefined): RunResults {
  const manifest = requireManifest(folder);
  const isMarket = experiment?.model === 'market';
  const { unwind, code, command, seed, question, sets, inputs } = manifest;
  const { warnings = [] } = manifest as Partial<typeof manifest>; // of before it stood there: none
  return {
    kind: 'run',
    folder,
    origin: {
      unwind,
      code,
      command,
      experiment: manifest.experiment,
      seed,
      question,
      sets,
      inputs,
      warnings,
    },
    timing: manifest.timing,
    money: experiment === undefined ? (manifest.summary.frontier?.money ?? 'money') : moneyOf(experiment),
    manifest: { ...manifest, summary: byPolicyAt(manifest.summary) },
    venues: venuesIn(manifest.summary),
    ladders: isMarket ? laddersOf(experiment) : {},
    cascade: isMarket ? experiment.systemic.text : undefined,
    comparison: comparisonIn(folder),
    assumptions: experiment === undefined ? [] : assumptionsOf(experiment),
  };
}

/** By policy, as the summary names them. */
function laddersOf({ policies, venues }: MarketExperiment): Record<string, string[]> {
  const entries = Object.entries(policies).flatMap(([policy, rules]) =>
    rules.map((at, v) => {
      const venue = venues[v]!.name;
      const name = venue === '' ? policy : policyAt({ policy, venue });
      return [name, ladderOf(at.policy).map(({ rung }) => String(rung))] as const;
    }),
  );
  return Object.fromEntries(entries);
}

function moneyOf(experiment: Experiment): string {
  return 'money' in experiment ? experiment.money : 'money';
}

/** Of a damaged one nothing: `unwind resume` makes it anew. */
function comparisonIn(folder: string): Comparison | undefined {
  if (!existsSync(join(folder, COMPARISON))) return undefined;
  return readSealed(folder, COMPARISON, 'delete it, or make it anew with unwind resume') as Comparison;
}
