/**
 * The terms that a recorded run was run on, in the manifest: policies with all their settings written out, instruments,
 * delays. With them and the journal a run can be recomputed without the experiment's file, and without this program.
 */
import type { Experiment, MarketExperiment } from '../../models/experiment.ts';
import { ladderOf, policyFiles } from '../../clearing/policy/policy.ts';
import type { ContractTerms } from '../../contracts/contract.ts';
import { contractKinds, contractOf } from '../../contracts/contracts.ts';
import type { VenueRules } from '../../sim/forks/changes/change.ts';
import type { AssetSpec, Latency } from '../../sim/scenario/scenario.ts';
import type { TradingRules } from '../../sim/terms/trading-rules.ts';

export interface AuditTerms {
  /** Numbers of the runs that have a journal, in every cell. */
  readonly runs: readonly number[];
  readonly until_us: number;
  readonly quanta_per_unit: number;
  /** Delays under each policy. */
  readonly latencies: Readonly<Record<string, Latency>>;
  readonly instruments: readonly AuditInstrument[];
  /** Collateral assets; a scale that never begins is null. */
  readonly assets: readonly AuditAsset[];
  readonly policies: Readonly<Record<string, unknown>>;
  /** Trading rules by policy and instrument. */
  readonly trading: Readonly<Record<string, readonly TradingRules[]>>;
  /** Tables of margin tiers that policies name. */
  readonly tiers: Readonly<Record<string, unknown>>;
}

/** Of several venues: what each has of its own, by name. */
type VenueTerms = Pick<AuditTerms, 'latencies' | 'instruments' | 'assets' | 'policies' | 'trading'>;
export interface VenuesTerms extends Pick<AuditTerms, 'runs' | 'until_us' | 'quanta_per_unit' | 'tiers'> {
  readonly venues: Readonly<Record<string, VenueTerms>>;
}

type Weights = Pick<AssetSpec, 'name' | 'lot' | 'haircut_ppm' | 'size_discount' | 'penalty_ppm'>;

export interface AuditAsset extends Weights {
  readonly tick_lot: number;
  readonly deposit_scale_start: number | null;
}

export interface AuditInstrument {
  readonly name: string;
  readonly lot: number;
  /** Quanta per tick and lot; left out where the price moves no money. */
  readonly tick_lot?: number;
  /** Left out: a linear contract. */
  readonly contract?: { readonly kind: string };
  /** Of a kind that the audit knows no formula of: trades move coins, not money. */
  readonly in_coin?: true;
}

/** All that a contract was compiled from; what most instruments are needs no more than what a tick of a lot is worth. */
export function contractTerms(
  terms: ContractTerms,
): Pick<AuditInstrument, 'tick_lot' | 'contract' | 'in_coin'> {
  const { tickLot, ...own } = terms as ContractTerms & { readonly tickLot?: number };
  const isUnknown = contractKinds.get(terms.kind).audited === false;
  return {
    ...(tickLot !== undefined && { tick_lot: tickLot }),
    ...(terms.kind !== 'linear' && { contract: own }),
    ...(isUnknown && contractOf(terms).coin !== undefined && { in_coin: true as const }),
  };
}

export function auditTerms(
  experiment: Experiment,
  runs: readonly number[],
): AuditTerms | VenuesTerms | undefined {
  if (experiment.model !== 'market' || runs.length === 0) return undefined;
  const { policies, data, venues } = experiment;
  const files = Object.values(policies).flatMap((rules) =>
    rules.flatMap(({ policy }) => policyFiles(policy)),
  );
  const tables = files.filter(({ kind }) => kind === 'tiers').map(({ file }) => [file, data[file]] as const);
  const { until_us, quantaPerUnit: quanta_per_unit } = experiment;
  const tiers = Object.fromEntries(tables);
  const of = venues.map((venue, v) => [venue.name, termsAt(experiment, v)] as const);
  if (of.length > 1) return { runs, until_us, quanta_per_unit, venues: Object.fromEntries(of), tiers };
  return { runs, until_us, quanta_per_unit, ...of[0]![1], tiers };
}

function termsAt({ policies, venues }: MarketExperiment, v: number): VenueTerms {
  const { instruments, assets } = venues[v]!;
  const under = <T>(of: (rules: VenueRules) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(policies).map(([name, rules]) => [name, of(rules[v]!)]));
  return {
    latencies: under(({ latency }) => latency),
    instruments: instruments.map(({ name, contract, lot }) => ({
      name,
      ...contractTerms(contract),
      lot: Number(lot),
    })),
    assets: assets.map(assetTerms),
    policies: under(({ policy }) => ({ ...policy, ladder: ladderOf(policy) })),
    trading: under(({ trading }) => trading),
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
