/**
 * Groups of traders: the schema of each kind from its own declaration, and the groups in the engine's units.
 */
import { contractOf } from '../../../contracts/contracts.ts';
import { z } from 'zod';
import { amount, count } from '../../../core/settings.ts';
import { agentKinds } from '../../agent-kinds.ts';
import { growing } from '../../../core/registry.ts';
import { at, ConfigError } from '../../../core/errors.ts';
import { nearestWhole } from '../../../core/whole.ts';
import type { AgentKind, Param } from '../../../sim/agent/agent.ts';
import type { Distribution } from '../../../sim/agent/distribution.ts';
import type { GroupSpec } from '../../../sim/scenario/scenario.ts';
import { isDecimal } from '../../../experiment/data/decimal.ts';
import type { Instrument } from './instruments.ts';
import { suggestion } from '../../../experiment/nearest.ts';
import type { WrittenParameter } from '../../../experiment/parameter.ts';
import { parameterSchema, readParameter } from '../../../experiment/parameter.ts';
import type { Amount, Units } from '../../../experiment/quantity.ts';
import type { Path } from '../../../experiment/source.ts';
import { baseOf, factorOf, worthOf } from '../../../experiment/quantity.ts';

function groupSchema({ kind, about, params }: AgentKind) {
  const shape = Object.fromEntries(
    Object.entries(params).map(([name, param]) => [
      name,
      parameterSchema.optional().describe(`${param.about} Default: ${param.value}.`),
    ]),
  );
  return z
    .strictObject({
      kind: z.literal(kind),
      count: count().describe('How many; 0 leaves the group out.'),
      name: z.string().min(1).optional().describe('Names the random streams; the kind if left out.'),
      instrument: z.string().optional().describe('What it trades; the first instrument if left out.'),
      venue: z
        .string()
        .optional()
        .describe(
          'Of several venues, the one at which it is; if left out, each has such a group of its own.',
        ),
      venues: z
        .array(z.string())
        .min(1)
        .optional()
        .describe('… or several, at which the same traders are registered; they are at home at the first.'),
      same_traders_as: z
        .string()
        .optional()
        .describe(
          'Name of a group whose traders these are, in order: positions with margin of their own, one reserve.',
        ),
      open_interest: amount
        .optional()
        .describe(
          'Size of all positions together: 1.2 depths (of the book within 5 %), 5000 BTC, 400e6 USDT; rounded to lots.',
        ),
      params: z.strictObject(shape).default({}),
    })
    .describe(about);
}

export const groupSchemas = growing(() =>
  z.discriminatedUnion('kind', agentKinds.all.map(groupSchema) as unknown as [z.ZodObject, ...z.ZodObject[]]),
);

/** What `groupSchemas` lets through. */
export interface WrittenGroup {
  readonly kind: string;
  readonly count: number;
  readonly name?: string;
  readonly instrument?: string;
  readonly venue?: string;
  readonly venues?: readonly string[];
  readonly same_traders_as?: string;
  readonly open_interest?: Amount;
  readonly params: Readonly<Record<string, WrittenParameter>>;
}

/** A group in the engine's units; plain data: its kind by name. */
export interface Group extends Omit<GroupSpec, 'kind'> {
  readonly kind: string;
}

/** The kind of trader with a name that the schema has let through. */
export function agentKind(name: string): AgentKind {
  return agentKinds.get(name);
}

/** The number of an instrument by its name (undefined: the first). Throws ConfigError. */
export function instrumentNumber(
  instruments: readonly { readonly name: string }[],
  name: string | undefined,
): number {
  if (name === undefined) return 0;
  const index = instruments.findIndex((one) => one.name === name);
  if (index >= 0) return index;
  const known = instruments.map((one) => one.name);
  throw new ConfigError(['instrument'], `there is no instrument ${name}; ${suggestion(name, known)}`);
}

/**
 * Names of the groups: as written, else the kind, numbered from the second nameless group of it at a venue on. `venues`: of each
 * group, all at which it is.
 */
export function groupNames(
  groups: readonly WrittenGroup[],
  venues: readonly (readonly number[])[],
): string[] {
  const nameless = new Map<string, number>();
  return groups.map(({ kind, name }, i) => {
    if (name !== undefined) return name;
    const keys = venues[i]!.map((v) => `${v} ${kind}`);
    const number = 1 + Math.max(...keys.map((key) => nameless.get(key) ?? 0));
    for (const key of keys) nameless.set(key, number);
    return number === 1 ? kind : `${kind}-${number}`;
  });
}

/**
 * `unitsFor`: the units of an instrument by its number; `attempt` reads one part, below a path from the group, and records
 * what is wrong with it. Throws ConfigError, its path from the group.
 */
export function readGroup(
  group: WrittenGroup,
  name: string,
  instruments: readonly Instrument[],
  unitsFor: (instrument: number) => Units,
  attempt: <T>(path: Path, work: () => T) => T | undefined,
): Group {
  const kind = agentKind(group.kind);
  const instrument = instrumentNumber(instruments, group.instrument);
  const units = unitsFor(instrument);
  const lotQuanta = lotValueOf(instruments[instrument]!);
  const paramUnits = { ...units, lotQuanta };
  const params = Object.fromEntries(
    Object.entries(kind.params).flatMap(([key, param]) => {
      const law = attempt(['params', key], () => readOne(group.params[key], param, paramUnits));
      return law === undefined ? [] : [[key, law] as const];
    }),
  );
  if (kind.clock === 'shared' && (params['rate']?.kind ?? 'constant') !== 'constant') {
    throw new ConfigError(['params', 'rate'], 'needs one rate: all agents of the group share a clock');
  }
  const { open_interest } = group;
  const totalSize =
    open_interest === undefined
      ? {}
      : {
          totalSize: at(['open_interest'], () =>
            totalLots(open_interest, kind, instruments[instrument]!, units),
          ),
        };
  const { same_traders_as: same } = group;
  const traders = same === undefined ? {} : { sameTradersAs: same };
  return { name, kind: group.kind, count: group.count, instrument, params, ...totalSize, ...traders };
}

function readOne(written: WrittenParameter | undefined, param: Param, units: Units): Distribution {
  if (written !== undefined) return readParameter(written, param, units);
  try {
    return readParameter(worthOf(param.value, units) ?? param.value, param, units);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError([], `${error.message}: the default, ${param.value}, is in another unit`);
  }
}

/** An open interest, rounded to whole lots. */
function totalLots(written: Amount, kind: AgentKind, instrument: Instrument, units: Units): number {
  if (!('size' in kind.params)) {
    throw new ConfigError([], `a ${kind.kind} has no parameter size that an open interest could scale`);
  }
  const depths = typeof written === 'string' ? /^\s*(\S+)\s+depths?\s*$/.exec(written) : null;
  const isMoney =
    typeof written === 'string' && written.trim().endsWith(units.money) && units.money !== units.base;
  let lots: number;
  if (depths !== null) {
    const { depth } = instrument;
    if (depth === 0)
      throw new ConfigError([], `${instrument.name} has an empty book, so no depth to compare with`);
    if (!isDecimal(depths[1]!)) throw new ConfigError([], 'needs a number of depths, such as 1.2 depths');
    lots = Number(depths[1]) * depth;
  } else if (isMoney) {
    const quanta = baseOf('money', written, units).toNumber();
    lots = quanta / lotValueOf(instrument);
  } else {
    const factor = typeof written === 'number' ? factorOf('size', '', units)! : undefined;
    try {
      lots = factor?.times(written).toNumber() ?? baseOf('size', written, units).toNumber();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      throw new ConfigError([], `${error.message}, an amount of ${units.money}, or such as 1.2 depths`);
    }
  }
  if (!(lots >= 1)) throw new ConfigError([], 'needs at least one lot');
  return nearestWhole(lots, 'lots');
}

/** Of a lot at the first price, quanta. */
function lotValueOf({ contract, price }: Instrument): number {
  return contractOf(contract).notional(1, price);
}
