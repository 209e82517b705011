/**
 * How a kind of trader is written. A kind is a name, parameters, memory, and what it does when it wakes:
 *
 *   export default defineAgent({
 *     kind: 'trend', about: 'Follows a moving average.',
 *     params: { memory: number(0.05, 'Weight of the newest price.') },
 *     state: { average: 'f64' },
 *     wake(me, market, rng) { …; return rng.exponential(seconds(10)); },   // delay to the next wake, µs
 *   });
 *
 * Parameters and memory are columns of the world, one row an agent. `me.average += …` is typed by the declaration;
 * parameters and everything that belongs to the venue are read-only.
 */
import type { Ends } from '../../core/ranges.ts';
import { endsOf } from '../../core/ranges.ts';
import type { Rng } from '../../core/rng.ts';
import type { Birth } from './birth.ts';
import type { Market } from './market.ts';
import { checkDefinition } from './check.ts';
import { Me, Standing } from './me.ts';
import type { Offer } from './offer.ts';

/** What an experiment may write for a parameter, and what it becomes inside. */
type ParamUnit =
  'number' | 'share' | 'change' | 'factor' | 'leverage' | 'duration' | 'rate' | 'size' | 'money';

export interface Param {
  readonly value: number | string;
  readonly unit: ParamUnit;
  readonly about: string;
  /** What it may be, in base units (of money: units): the range of its kind (core/ranges.ts), or less. */
  readonly range: Ends;
}

/** Declares a parameter: its default, what it is, and a range if that is narrower than its kind's. */
type Declare<V extends number | string = number | string> = (
  value: V,
  about: string,
  range?: Partial<Ends>,
) => Param;

const param =
  (unit: ParamUnit): Declare =>
  (value, about, range) => ({ value, unit, about, range: endsOf(unit, range) });

/** A plain number. */
export const number: Declare<number> = param('number');
/** Part of a whole or a probability, written 0.05 or '5 %'. */
export const share = param('share');
/** A relative change with its sign, written -0.05 or '-5 %'. */
export const change = param('change');
/** How many times something else. */
export const factor: Declare<number> = param('factor');
/** Position over own money. */
export const leverage: Declare<number> = param('leverage');
/** A time, written '10 s'; integer µs inside. */
export const duration: Declare<string> = param('duration');
/** Events per time, written '2 per s'; events per second inside. */
export const rate: Declare<string> = param('rate');
/**
 * A size of the group's instrument, written '40 BTC', or as its worth at the first price, '25e3 USDT'; lots inside. A default in
 * USDT is in the money of any market, whatever its name; one in BTC stands for 50,000 of it each where something else is traded.
 */
export const size = param('size');
/** Money, written '10000 USDT' or a number of units; quanta inside. */
export const money = param('money');

export type Params = Readonly<Record<string, Param>>;
export type State = Readonly<Record<string, 'f64' | 'i32'>>;

/** What an agent sees of itself: its parameters (fixed), its memory, and its account. */
export type Self<P extends Params, S extends State> = Me & { readonly [N in keyof P]: number } & {
  -readonly [N in keyof S]: number;
};

export interface AgentDefinition<P extends Params = Params, S extends State = State> {
  readonly kind: string;
  /** One sentence that says what it does and assumes. */
  readonly about: string;
  /** Where its behaviour is from: authors, journal, year. */
  readonly source?: string;
  readonly params: P;
  readonly state?: S;
  /** True: its account must meet margin requirements. */
  readonly margined?: boolean;
  /** Parameters that, where they are not 0, give its accounts a free balance, a debt or a leverage of their own. */
  readonly facilities?: readonly string[];
  /**
   * 'own' (default): `wake` returns the delay to its next wake in µs; Infinity: never again.
   * 'shared': all agents of a group wake at the times of one Poisson process of rate count × `rate` (a parameter of
   * that name is needed, the same for the whole group); what `wake` returns is not used. Cheaper, the same law.
   */
  readonly clock?: 'own' | 'shared';
  /** Sets up the account: money, opening position, memory. Runs once, at the start. */
  readonly born?: (me: Self<P, S>, birth: Birth, rng: Rng) => void;
  readonly wake?: (me: Self<P, S>, market: Market, rng: Rng) => number | undefined;
  /** A margin call arrives: `demand` quanta are asked for, at the venue of `market` (`market.venue` names it). */
  readonly called?: (me: Self<P, S>, market: Market, rng: Rng, demand: number) => void;
  /** The venue warns that margin is low; nothing is asked for. */
  readonly warned?: (me: Self<P, S>, market: Market, rng: Rng) => void;
  /**
   * A liquidated position in its instrument is auctioned: `offer.take(…)` answers. Kinds that have this are registered
   * liquidators. All offers of one auction find the same luck in `rng`.
   */
  readonly bid?: (me: Self<P, S>, market: Market, rng: Rng, offer: Offer) => void;
}

/** A kind of trader as the engine uses it: the definition, with one accessor class for all worlds. */
export interface AgentKind extends AgentDefinition {
  readonly Accessor: new () => Self<Params, State>;
  readonly paramNames: readonly string[];
  readonly stateNames: readonly string[];
}

/** What every agent has: methods, and fields from the start or (the last two) once it is tied to a world. */
const RESERVED = new Set([
  ...Object.getOwnPropertyNames(Standing.prototype),
  ...Object.getOwnPropertyNames(Me.prototype),
  ...Object.getOwnPropertyNames(new Me()),
  ...['book', 'house'],
]);

/** Declares a kind of trader. Throws at once if the declaration is at odds with itself. */
// A kind without memory adds no fields: the empty type is meant.
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type
export function defineAgent<const P extends Params, const S extends State = Readonly<Record<never, 'f64'>>>(
  definition: AgentDefinition<P, S>,
): AgentKind {
  checkDefinition(definition);
  const paramNames = Object.keys(definition.params);
  const stateNames = Object.keys(definition.state ?? {});
  const names = [...paramNames, ...stateNames];
  for (const name of names) {
    if (RESERVED.has(name))
      throw new TypeError(`agent ${definition.kind}: '${name}' is taken; use another name`);
    if (names.indexOf(name) !== names.lastIndexOf(name)) {
      throw new TypeError(`agent ${definition.kind}: '${name}' is both a parameter and a part of the state`);
    }
  }
  if (definition.clock === 'shared' && !paramNames.includes('rate')) {
    throw new TypeError(`agent ${definition.kind}: a shared clock needs a parameter named 'rate'`);
  }
  return {
    ...(definition as unknown as AgentDefinition),
    paramNames,
    stateNames,
    Accessor: accessorClass(names) as unknown as AgentKind['Accessor'],
  };
}

/**
 * One class per kind, made when the kind is declared, with the world's columns as a field: a class made per world would
 * turn every call site megamorphic.
 */
function accessorClass(names: readonly string[]): typeof Me {
  class Accessor extends Me {}
  names.forEach((name, index) => {
    Object.defineProperty(Accessor.prototype, name, {
      get(this: Accessor) {
        return this.columns[index]![this.turn.row];
      },
      set(this: Accessor, value: number) {
        this.columns[index]![this.turn.row] = value;
      },
    });
  });
  return Accessor;
}
