/**
 * The terms that a recorded run was run on, in the manifest: policies with all their settings written out, instruments,
 * delays. With them and the journal a run can be recomputed without the experiment's file, and without this program.
 */
import type { Experiment, MarketExperiment } from '../../models/experiment.ts';
import { ladderOf, policyFiles } from '../../clearing/policy/policy.ts';
import type { ListedTerms } from '../../contracts/contracts.ts';
import type { AssetSpec } from '../../sim/scenario/scenario.ts';

export interface AuditTerms {
  /** Numbers of the runs that have a journal, in every cell. */
  readonly runs: readonly number[];
  readonly until_us: number;
  readonly quanta_per_unit: number;
  /** Delays under each policy. */
  readonly latencies: MarketExperiment['latencies'];
  readonly instruments: readonly AuditInstrument[];
  /** Collateral assets; a scale that never begins is null. */
  readonly assets: readonly AuditAsset[];
  readonly policies: Readonly<Record<string, unknown>>;
  /** Venues' rules by policy and instrument. */
  readonly trading: MarketExperiment['trading'];
  /** Tables of margin tiers that policies name. */
  readonly tiers: Readonly<Record<string, unknown>>;
}

type Weights = Pick<AssetSpec, 'name' | 'lot' | 'haircut_ppm' | 'size_discount' | 'penalty_ppm'>;

export interface AuditAsset extends Weights {
  readonly tick_lot: number;
  readonly deposit_scale_start: number | null;
}

/** `tick_lot`: of a linear contract; another says what it is by its terms. */
export type AuditInstrument = { readonly name: string; readonly lot: number } & (
  { readonly tick_lot: number } | { readonly contract: ListedTerms }
);

export function auditTerms(experiment: Experiment, runs: readonly number[]): AuditTerms | undefined {
  if (experiment.model !== 'market' || runs.length === 0) return undefined;
  const { policies, data } = experiment;
  const files = Object.values(policies).flatMap((policy) => policyFiles(policy));
  const tables = files.filter(({ kind }) => kind === 'tiers').map(({ file }) => [file, data[file]] as const);
  return {
    runs,
    until_us: experiment.until_us,
    quanta_per_unit: experiment.quantaPerUnit,
    latencies: experiment.latencies,
    instruments: experiment.instruments.map(({ name, contract, lot }) => ({
      name,
      ...(contract.kind === 'linear' ? { tick_lot: contract.tickLot } : { contract }),
      lot: Number(lot),
    })),
    assets: experiment.assets.map(assetTerms),
    policies: Object.fromEntries(
      Object.entries(policies).map(([name, policy]) => [name, { ...policy, ladder: ladderOf(policy) }]),
    ),
    trading: experiment.trading,
    tiers: Object.fromEntries(tables),
  };
}

export function assetTerms(asset: AssetSpec): AuditAsset {
  const { name, contract, lot, haircut_ppm, size_discount, deposit_scale_start, penalty_ppm } = asset;
  return {
    name,
    tick_lot: contract.tickLot,
    lot,
    haircut_ppm,
    size_discount,
    deposit_scale_start: Number.isFinite(deposit_scale_start) ? deposit_scale_start : null,
    penalty_ppm,
  };
}
