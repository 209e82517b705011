/**
 * A simulated market in an experiment file: instruments, population, shocks, and policies that are compared.
 */
import { z } from 'zod';
import { ConfigError } from '../../../core/errors.ts';
import { duration } from '../../../core/settings.ts';
import { policySchema } from '../../../clearing/policy/policy.ts';
import type { AssetSpec, Latency } from '../../../sim/scenario/scenario.ts';
import { purseOwners } from '../../../sim/scenario/purses.ts';
import { assertExact } from '../../../sim/scenario/scenario.ts';
import { assertFits } from '../../../sim/scenario/tables.ts';
import { absorptionSchema, readAbsorption } from './absorption.ts';
import { calibrateSchema, readCalibration } from './calibrate.ts';
import { capacityOf, capacitySchema, poolsOf } from './capacity.ts';
import type { MarketFields, MarketWorld } from './compile.ts';
import { checkedAssets, collateralSchema, readAsset } from './collateral.ts';
import { compileScenario } from './compile.ts';
import { checkCounterfactuals, counterfactualsSchema } from './counterfactuals.ts';
import { activitySchema, jumpsSchema, readActivity, readCommonJumps } from './dynamics.ts';
import type { Reading } from '../../../experiment/experiment.ts';
import type { CommonFields } from '../../../experiment/experiment.ts';
import { commonShape, defineModel } from '../../../experiment/experiment.ts';
import { factsSchema } from '../../../experiment/facts.ts';
import type { Instrument } from './instruments.ts';
import {
  instrumentSchema,
  quantaPerUnit,
  readInstrument,
  readSteps,
  unitsOf,
  withoutBook,
} from './instruments.ts';
import { marketsSchema, readMarkets } from '../../../experiment/markets.ts';
import type { Group, WrittenGroup } from './population.ts';
import { groupNames, groupSchemas, readGroup } from './population.ts';
import { checkPolicy, readPolicyFiles } from './policies.ts';
import { marketParts } from './parts.ts';
import type { Problems } from '../../../experiment/problems.ts';
import type { RareMarketSettings } from './rare-market.ts';
import { rareMarketSchema, readRareMarket } from './rare-market.ts';
import type { ShockVariant } from './shocks.ts';
import { checkShock, shockSchema, shockVariants } from './shocks.ts';
import type { Path } from '../../../experiment/source.ts';
import type { Units } from '../../../experiment/quantity.ts';
import { readSystemic, systemicSchema } from './systemic.ts';
import { readTrading, tradingSchema } from './trading.ts';
import { checkWork } from './work.ts';
import type { TradingRules } from '../../../sim/terms/trading-rules.ts';

/** Delays that a policy may change, by key of `market.latency`. */
const LATENCIES = ['order', 'mark', 'liquidation', 'notice'] as const;

const delay = (about: string) => duration().prefault('0 s').describe(about);

const schema = z.strictObject({
  ...commonShape,
  until: duration({ positive: true }).describe('Simulated time of a run.'),
  market: z.strictObject({
    money: z.string().min(1).default('USDT').describe('Unit of money.'),
    instruments: z.array(instrumentSchema).min(1),
    activity: activitySchema.optional(),
    common_jumps: jumpsSchema
      .optional()
      .describe('Jumps that come at once for all instruments whose index has something in common.'),
    collateral: collateralSchema,
    latency: z
      .strictObject({
        order: delay('From a decision to the book.'),
        mark: delay('From the sample of the mark to its publication.'),
        liquidation: delay('From a breach to the first look at the account.'),
        notice: delay('From a margin call to its trader.'),
      })
      .prefault({}),
    capacity: capacitySchema
      .default({})
      .describe('Sizes of the pools; what is left out follows from the population.'),
  }),
  population: z.array(groupSchemas).min(1).describe('Groups of traders.'),
  shock: shockSchema.optional().describe('What is done to the market from outside.'),
  shocks: z.array(shockSchema).min(1).optional().describe('… or several things.'),
  policies: z
    .record(
      z.string().regex(/^[\w-]+$/, { error: 'a policy’s name is made of letters, digits, - and _' }),
      policySchema.extend({
        trading: tradingSchema
          .optional()
          .describe(
            'Changes to the trading rules of all instruments: fees, collars, halt, matching, self_trade.',
          ),
        latency: z
          .strictObject({
            order: duration().optional(),
            mark: duration().optional(),
            liquidation: duration().optional(),
            notice: duration().optional(),
          })
          .optional()
          .describe('Changes to market.latency.'),
      }),
    )
    .refine((policies) => Object.keys(policies).length > 0, 'needs at least one policy')
    .describe('Compared on the same markets, by name.'),
  systemic_when: systemicSchema,
  facts: factsSchema.optional(),
  calibrate: calibrateSchema.optional(),
  markets: marketsSchema.optional(),
  rare: rareMarketSchema.optional(),
  counterfactuals: counterfactualsSchema,
  lac: absorptionSchema
    .optional()
    .describe('Liquidity absorption capacity of each policy: the largest sale that it takes.'),
});

/** What a market with a block `rare` adds to an experiment: the probability of one event. */
export type RareMarketFields = MarketWorld & {
  readonly model: 'rare_market';
  readonly rare: RareMarketSettings;
};

export type RareMarketExperiment = CommonFields & RareMarketFields;

/** `until`, `population` and `policies` are missing only from an experiment that is refused in the end. */
type Written = z.output<typeof schema>;

export const market = defineModel({
  block: 'market',
  about: 'Traders meet in limit order books, margin is called, positions are liquidated into the same books.',
  schema,
  parts: marketParts,
  read(written, reading): MarketFields | RareMarketFields {
    const { problems, files, source } = reading;
    const { money, capacity } = written.market;
    const { rare, policies = {}, population = [] } = written as Partial<Written> & Pick<Written, 'rare'>;
    const found = readMarket(written, reading);
    const data = readPolicyFiles(policies, files, problems);
    const isShocked = hasShock(written) || problems.has(['shock'], ['shocks']);
    const lac = problems.attempt(['lac'], () => written.lac && readAbsorption(written.lac, isShocked));
    const calibrate = problems.attempt(
      ['calibrate'],
      () => written.calibrate && readCalibration(written.calibrate, files, money),
    );
    const markets = problems.attempt(
      ['markets'],
      () => written.markets && readMarkets(written.markets, files, source.file),
    );
    const settings = rare && problems.attempt(['rare'], () => readRareMarket(rare));
    if (found === undefined) return problems.fail();
    const { steps, quanta, instruments, assets } = found;
    const unitsFor = (i: number) => unitsOf(money, quanta, steps[i]);
    const groups = readGroups(
      population as unknown as WrittenGroup[],
      instruments,
      assets,
      unitsFor,
      problems,
    );
    const shocks = readShocks(written, instruments, quanta, groups, reading);
    const updates_us = new Map<string, number>();
    for (const [name, policy] of Object.entries(policies)) {
      if (problems.has(['policies', name])) continue;
      problems.attempt(['policies', name], () => {
        updates_us.set(name, checkPolicy(policy, instruments, quanta, data));
      });
    }
    const commonJumps = problems.attempt(['market', 'common_jumps'], () =>
      readCommonJumps(written.market.common_jumps, instruments, unitsOf(money, quanta)),
    );
    const trading = readAllTrading(written.market.instruments, policies, instruments, unitsFor, problems);
    const systemic = problems.attempt(['systemic_when'], () =>
      readSystemic(written.systemic_when, unitsFor(0)),
    );
    problems.check(
      ['until'],
      ['market'],
      ['population'],
      ['shock'],
      ['shocks'],
      ['policies'],
      ['systemic_when'],
    );
    const latency = {
      order_us: written.market.latency.order,
      mark_us: written.market.latency.mark,
      liquidation_us: written.market.latency.liquidation,
      notice_us: written.market.latency.notice,
    };
    const experiment: MarketFields = {
      model: 'market',
      until_us: written.until,
      money,
      quantaPerUnit: quanta,
      venues: [
        {
          name: '',
          instruments,
          assets,
          latency,
          capacity: poolsOf(
            capacity,
            instruments,
            groups,
            Object.values(policies),
            Object.values(trading).flat().some(calls),
          ),
        },
      ],
      ...(written.market.activity === undefined ? {} : { activity: readActivity(written.market.activity) }),
      ...(commonJumps === undefined ? {} : { commonJumps }),
      groups,
      capacity: capacityOf(capacity, groups),
      shocks,
      policies: Object.fromEntries(
        Object.entries(policies).map(([name, policy]) => [
          name,
          [{ policy, trading: trading[name]!, latency: latencyUnder(latency, policy.latency) }],
        ]),
      ),
      systemic: systemic!,
      counterfactuals: written.counterfactuals,
      lac,
      facts: written.facts,
      calibrate,
      markets,
      data,
    };
    problems.attempt([], () => {
      for (const policy of Object.keys(policies)) {
        const scenario = compileScenario(experiment, { policy, shock: 0 });
        assertExact(scenario);
        assertFits(scenario);
      }
    });
    problems.attempt([], () => checkWork(experiment, updates_us));
    if (!problems.has(['counterfactuals'])) checkCounterfactuals(experiment, problems);
    problems.check();
    return settings === undefined ? experiment : { ...experiment, model: 'rare_market', rare: settings };
  },
});

function hasShock({ shock, shocks }: Written): boolean {
  return shock !== undefined || shocks !== undefined;
}

/** What all others refer to; undefined if something is wrong with it. */
function readMarket(written: Written, { problems, files }: Reading) {
  const { money, instruments: list, collateral } = written.market;
  const path = ['market', 'instruments'];
  const assetPath = ['market', 'collateral'];
  const steps = problems.each(path, list, (one) => readSteps(one, money));
  const assetSteps = problems.each(assetPath, collateral, (one) => readSteps(one, money));
  refuseTwins(
    path,
    list.map(({ name }) => name),
    problems,
  );
  refuseTwins(
    assetPath,
    [...list, ...collateral].map(({ name }) => name),
    problems,
    list.length,
  );
  const areUnitsKnown = !problems.has(['market', 'money'], ...list.map((_, i) => [...path, i, 'lot']));
  if (!areUnitsKnown || steps.length < list.length || assetSteps.length < collateral.length) return undefined;
  const quanta = problems.attempt(path, () => quantaPerUnit([...steps, ...assetSteps]));
  if (quanta === undefined) return undefined;
  // Whatever is wrong with a book, the rest can be judged by what is known of the instrument.
  const instruments = list.map(
    (one, i) =>
      problems.attempt([...path, i], () => readInstrument(one, steps[i]!, money, quanta, files)) ??
      withoutBook(one, steps[i]!, quanta),
  );
  const assets = problems.each(assetPath, collateral, (one, i) =>
    readAsset(one, assetSteps[i]!, money, quanta, instruments),
  );
  return { steps, quanta, instruments, assets };
}

/** The trading rules of each instrument under each policy. */
function readAllTrading(
  written: Written['market']['instruments'],
  policies: Written['policies'],
  instruments: readonly Instrument[],
  unitsFor: (instrument: number) => Units,
  problems: Problems,
): Record<string, TradingRules[]> {
  const path = ['market', 'instruments'];
  // Each by itself first: what is wrong with it is then told where it was written.
  problems.each(path, written, (_, i) => readTrading(instruments[i]!.trading, unitsFor(i)));
  if (problems.has(path)) return {};
  const all = Object.entries(policies).map(([name, { trading }]) => {
    const rules = problems.attempt(['policies', name, 'trading'], () =>
      instruments.map((one, i) => readTrading({ ...one.trading, ...trading }, unitsFor(i))),
    );
    return [name, rules ?? []] as const;
  });
  return Object.fromEntries(all);
}

function latencyUnder(latency: Latency, changes: Written['policies'][string]['latency'] = {}): Latency {
  const changed = LATENCIES.flatMap((key) =>
    changes[key] === undefined ? [] : [[`${key}_us`, changes[key]]],
  );
  return { ...latency, ...(Object.fromEntries(changed) as Partial<Latency>) };
}

function calls({ halt, batch_us }: TradingRules): boolean {
  return halt !== undefined || batch_us > 0;
}

function readGroups(
  written: readonly WrittenGroup[],
  instruments: readonly Instrument[],
  assets: readonly AssetSpec[],
  unitsFor: (instrument: number) => Units,
  problems: Problems,
): Group[] {
  const names = groupNames(written);
  refuseTwins(['population'], names, problems);
  // Depth is that of a book, and which assets there are says the market, too.
  const isMarketKnown = !problems.has(['market']);
  const sized = ({ open_interest, ...group }: WrittenGroup): WrittenGroup =>
    isMarketKnown && open_interest !== undefined ? { ...group, open_interest } : group;
  const checked = (group: Group): Group => (isMarketKnown ? checkedAssets(group, assets) : group);
  const groups = problems.each(['population'], written, (group, i) =>
    checked(
      readGroup(sized(group), names[i]!, instruments, unitsFor, (path, work) =>
        problems.attempt(['population', i, ...path], work),
      ),
    ),
  );
  if (!problems.has(['population'])) problems.attempt(['population'], () => purseOwners(groups));
  return groups.filter(({ count }) => count > 0);
}

function readShocks(
  written: Written,
  instruments: readonly Instrument[],
  quanta: number,
  groups: readonly Group[],
  { problems, source }: Reading,
): ShockVariant[] {
  const { shock, shocks } = written;
  if (shock !== undefined && shocks !== undefined) {
    problems.add(['shocks'], 'there is a shock already; put all of them here', '', 'key');
    return [];
  }
  const list = shocks ?? (shock === undefined ? [] : [shock]);
  const pathOf = (i: number): Path => (shocks === undefined ? ['shock'] : ['shocks', i]);
  const venues = [{ name: '', instruments }];
  // Of a population that is broken nobody knows who is in it, and of a broken `until` not when it ends.
  const kinds = problems.has(['population']) ? undefined : [...new Set(groups.map(({ kind }) => kind))];
  const end = problems.has(['until'])
    ? undefined
    : { until_us: written.until, until: source.written(['until'])! };
  const variants =
    problems.attempt([], () => shockVariants(list, pathOf, source, written.market.money)) ?? [];
  for (const variant of variants) {
    variant.shocks.forEach((one, i) =>
      problems.attempt(pathOf(i), () => checkShock(one, end, kinds, venues, quanta)),
    );
  }
  return variants;
}

/** `before`: how many of the names stand elsewhere, before the list at `path`. */
function refuseTwins(path: Path, names: readonly string[], problems: Problems, before = 0): void {
  names.forEach((name, i) => {
    const first = names.indexOf(name);
    if (first === i || i < before) return;
    problems.attempt([...path, i - before], () => {
      throw new ConfigError(
        ['name'],
        `${name} is the name of ${first < before ? 'an instrument' : `entry ${first - before}`} already`,
      );
    });
  });
}
