/**
 * From an experiment's plain data to the scenario of one cell. Reads no file and asks no host, so that a
 * worker thread (or a browser's) can do it with nothing but the data.
 */
import { quantaOf } from '../../../core/whole.ts';
import { compileMark } from '../../../market/mark-settings.ts';
import type { ChangeSettings, Rules, VenueRules } from '../../../sim/forks/changes/change.ts';
import { compilePolicy, hasMembers, looksAbove, marginSlots } from '../../../clearing/policy/policy.ts';
import type {
  ActivitySpec,
  AssetSpec,
  Capacity,
  Latency,
  Scenario,
  VenueCapacity,
  VenueSpec,
} from '../../../sim/scenario/scenario.ts';
import type { JumpSpec } from '../../../sim/terms/jumps.ts';
import type { Calibration } from './calibrate.ts';
import type { Markets } from '../../../experiment/markets.ts';
import type { AbsorptionSettings } from './absorption.ts';
import type { CommonFields } from '../../../experiment/experiment.ts';
import type { Instrument } from './instruments.ts';
import type { FactsSettings } from '../../../experiment/facts.ts';
import type { Group } from './population.ts';
import { agentKind } from './population.ts';
import type { ShockVariant } from './shocks.ts';
import { placedShocks } from './shocks.ts';
import type { SystemicCondition } from './systemic.ts';

/** What a venue has of its own, whatever the policy: plain data. */
interface VenueFields {
  /** Of a market with one venue: ''. */
  readonly name: string;
  readonly instruments: readonly Instrument[];
  /** Collateral assets beside money. */
  readonly assets: readonly AssetSpec[];
  /** Where a policy does not say another one. */
  readonly latency: Latency;
  readonly capacity: VenueCapacity;
}

/** What a simulated market adds to an experiment: plain data in the engine's units. */
export interface MarketFields {
  readonly model: 'market';
  readonly until_us: number;
  /** Unit of money. */
  readonly money: string;
  readonly quantaPerUnit: number;
  readonly venues: readonly VenueFields[];
  /** Everybody's activity; left out: always the same. */
  readonly activity?: ActivitySpec;
  /** Jumps of what indexes have in common; left out: none. */
  readonly commonJumps?: JumpSpec;
  readonly groups: readonly Group[];
  readonly capacity: Capacity;
  /** Each policy meets each of them; without shocks one variant that does nothing. */
  readonly shocks: readonly ShockVariant[];
  /** By name, in the order of the file: what each decides at each venue. */
  readonly policies: Readonly<Record<string, Rules>>;
  readonly systemic: SystemicCondition;
  /** Forks of every run, beside that with the liquidation engine off. */
  readonly counterfactuals: readonly ChangeSettings[];
  readonly lac?: AbsorptionSettings | undefined;
  /** Runs whose facts stand beside the results. */
  readonly facts?: FactsSettings | undefined;
  /** Measures that are taken beside unwind’s own, by name; left out: none. */
  readonly measures?: readonly string[];
  /** What is fitted to what, and on which draws policies are compared. */
  readonly calibrate?: Calibration | undefined;
  readonly markets?: Markets | undefined;
  /** Contents of the files that policies name, by the name that they use. */
  readonly data: Readonly<Record<string, Float64Array | number[][]>>;
}

export type MarketExperiment = CommonFields & MarketFields;

/** The market itself, whatever is asked of it. */
export type MarketWorld = Omit<MarketFields, 'model'>;

/** The same market, to which nothing is done. */
export function withoutShocks<T extends MarketWorld>(experiment: T): T {
  return { ...experiment, shocks: [{ label: '', title: 'no shock', shocks: [] }] };
}

/** One policy under one variant of the shocks. */
export interface MarketCell {
  readonly policy: string;
  /** Number of the variant in `experiment.shocks`. */
  readonly shock: number;
  /** `binance, notional=60e6` */
  readonly label: string;
}

/** All cells: the policies under the first variant, under the second, … */
export function cells({ shocks, policies }: Pick<MarketFields, 'shocks' | 'policies'>): MarketCell[] {
  return shocks.flatMap(({ label }, shock) =>
    Object.keys(policies).map((policy) => ({ policy, shock, label: `${policy}, ${label}` })),
  );
}

/** What a policy of the experiment decides. Throws RangeError if it has no such policy. */
export function rulesOf({ policies }: Pick<MarketFields, 'policies'>, policy: string): Rules {
  const rules = policies[policy];
  if (rules === undefined) throw new RangeError(`the experiment has no policy ${policy}`);
  return rules;
}

/** The scenario of one cell. */
export function compileScenario(
  experiment: MarketWorld,
  cell: Pick<MarketCell, 'policy' | 'shock'>,
): Scenario {
  return scenarioUnder(experiment, rulesOf(experiment, cell.policy), cell.shock);
}

/** The scenario of some rules under a variant of the shocks. Throws RangeError if there is no such variant. */
export function scenarioUnder(experiment: MarketWorld, rules: Rules, shock: number): Scenario {
  const { quantaPerUnit, venues, groups, shocks, data } = experiment;
  const variant = shocks[shock];
  if (variant === undefined) throw new RangeError(`the experiment has no shock ${shock}`);
  return {
    until_us: experiment.until_us,
    venues: venues.map((venue, v) => venueUnder(venue, rules[v]!, quantaPerUnit)),
    ...(experiment.activity === undefined ? {} : { activity: experiment.activity }),
    ...(experiment.commonJumps === undefined ? {} : { commonJumps: experiment.commonJumps }),
    groups: groups.map((group) => ({ ...group, kind: agentKind(group.kind) })),
    shocks: variant.shocks.flatMap((one) => placedShocks(one, venues, quantaPerUnit)),
    quantaPerUnit,
    data: (file) => data[file],
    capacity: experiment.capacity,
  };
}

/** A venue under some rules. */
function venueUnder(venue: VenueFields, rules: VenueRules, quantaPerUnit: number): VenueSpec {
  const { policy, trading, latency } = rules;
  return {
    name: venue.name,
    instruments: venue.instruments.map(({ name, contract, lot, price, bids, asks, mark, index, flow }, i) => {
      const { every, ...rule } = mark;
      return {
        name,
        contract,
        lot: Number(lot),
        price,
        bids,
        asks,
        mark: { rule: compileMark(rule), every_us: every },
        index,
        ...(flow === undefined ? {} : { flow }),
        trading: trading[i]!,
      };
    }),
    assets: venue.assets,
    latency,
    rules: (margin) => compilePolicy(policy, margin),
    marginSlots: marginSlots(policy),
    members: hasMembers(policy),
    looksAbove: looksAbove(policy),
    insuranceQuanta: quantaOf(policy.insurance_fund, quantaPerUnit, 'insurance_fund'),
    capacity: venue.capacity,
  };
}
