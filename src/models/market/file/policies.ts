/** Policies of an experiment, checked before anything runs: the files that they name, and whether they compile. */
import { quantaOf } from '../../../core/whole.ts';
import { updatesEvery } from '../../../clearing/policy/margin.ts';
import type { PolicySettings } from '../../../clearing/policy/policy.ts';
import { compilePolicy, marginSlots, policyFiles } from '../../../clearing/policy/policy.ts';
import type { DataFiles } from '../../../experiment/data-files.ts';
import type { Instrument } from './instruments.ts';
import type { Problems } from '../../../experiment/problems.ts';

/** The files that policies name. */
export function readPolicyFiles(
  policies: Readonly<Record<string, PolicySettings>>,
  files: DataFiles,
  problems: Problems,
) {
  const data: Record<string, Float64Array | number[][]> = {};
  for (const [name, policy] of Object.entries(policies)) {
    for (const { file, kind, path, step_us } of policyFiles(policy)) {
      // A series again: another policy may take another step for its own.
      if (kind === 'tiers' && Object.hasOwn(data, file)) continue;
      problems.attempt(['policies', name, ...path], () => {
        data[file] = kind === 'prices' ? files.prices(file, step_us) : files.tiers(file);
      });
    }
  }
  return data;
}

/** Compiles a policy once, for the errors. Returns how often its margin changes, µs. */
export function checkPolicy(
  policy: PolicySettings,
  instruments: readonly Instrument[],
  quanta: number,
  data: Readonly<Record<string, Float64Array | number[][]>>,
): number {
  quantaOf(policy.insurance_fund, quanta, 'insurance_fund');
  const { margin } = compilePolicy(policy, {
    instruments: instruments.map(({ name, contract, lot }) => ({ name, contract, lot: Number(lot) })),
    quantaPerUnit: quanta,
    state: new Float64Array(marginSlots(policy) * instruments.length),
    data: (file) => data[file],
  });
  return updatesEvery(margin.changes);
}
