/**
 * The solvable cascade: a flat book, accounts whose triggers are a Poisson process, one sale. Its size has a known law.
 *
 * Bids of k lots on each of `ticks` ticks and no refill; long accounts of q lots, ρ a tick on average; a sale sweeps the
 * first j ticks. With q a multiple of k, θ = ρ·j and branching ratio m = ρ·q/k, the number of accounts liquidated is
 * generalised Poisson: P(n) = θ (θ + m n)^(n−1) e^(−θ − m n) / n!, mean θ / (1 − m), variance θ / (1 − m)³
 * (Consul and Jain 1973; a Galton-Watson total progeny with Poisson offspring).
 * A cascade that finds no bids any more is a runaway.
 *
 * The field is drawn as the price comes to it: the next point's gap when a mark is about to be published that reaches the
 * last. Its law is the same as if it were all there from the start, and so is each field, as account i has a stream of
 * its own; but a copy of a running cascade can go on into another field, which is what splitting needs.
 */
import { linear } from '../../contracts/linear.ts';
import { HOUR, SECOND } from '../../core/units.ts';
import { spanOf } from '../../market/schema.ts';
import { compileMark } from '../../market/mark-settings.ts';
import { defineAgent, number } from '../../sim/agent/agent.ts';
import type { Scenario } from '../../sim/scenario/scenario.ts';
import { sale } from '../../sim/shocks/sale.ts';
import { noMargin } from '../plain-market.ts';

export interface SolvableSettings {
  /** ρ: accounts per tick. */
  readonly accounts_per_tick: number;
  /** q: lots of each account. */
  readonly position_lots: number;
  /** k: lots bid on each tick. */
  readonly lots_per_tick: number;
  /** j: ticks that the first sale sweeps. */
  readonly sweep_ticks: number;
  /** Ticks that hold bids and accounts. */
  readonly ticks: number;
}

/**
 * Places itself on the Poisson process: each account a gap below the one before, in a process of ⌈ρ⌉ accounts a tick
 * of which each stays by its own coin. So a smaller ρ (within the same ⌈ρ⌉) is the same field, thinned.
 */
const placed = defineAgent({
  kind: 'placed',
  about: 'A long account whose trigger is a point of a Poisson process on the price axis.',
  margined: true,
  params: {
    size: number(1, 'Lots.'),
    density: number(1, 'Points per tick, before the coin.'),
    keep: number(1, 'Probability that the coin keeps a point.'),
    entry: number(2, 'Price at which it opened its position, ticks; the field begins a tick below.'),
    ticks: number(1, 'Ticks that hold points.'),
  },
  born(me, birth, rng) {
    birth.carry += rng.exponential(1 / me.density);
    const kept = rng.uniform() < me.keep;
    const below = Math.floor(birth.carry);
    const trigger = me.entry - 1 - below;
    birth.complete = below >= me.ticks;
    birth.next = trigger;
    if (!kept || birth.complete) return;
    // Equity is zero, the maintenance requirement of this model, when the mark is at the trigger.
    birth.deposit(birth.gain(me.size, trigger, me.entry));
    birth.hold(me.size, me.entry);
  },
});

/** θ and m of the law of its size; exact where q is a multiple of k and the book does not end. */
export function solvableLaw(
  settings: Pick<SolvableSettings, 'accounts_per_tick' | 'position_lots' | 'lots_per_tick' | 'sweep_ticks'>,
): { readonly theta: number; readonly m: number } {
  const { accounts_per_tick, position_lots, lots_per_tick, sweep_ticks } = settings;
  return {
    theta: accounts_per_tick * sweep_ticks,
    m: (accounts_per_tick * position_lots) / lots_per_tick,
  };
}

export function solvableScenario(settings: SolvableSettings): Scenario {
  const { accounts_per_tick, position_lots, lots_per_tick, sweep_ticks, ticks } = settings;
  const best = ticks + 1; // the lowest bid is at 2
  const density = Math.max(1, Math.ceil(accounts_per_tick));
  // Eight standard deviations above the mean: a run never wants for accounts.
  const count = Math.ceil(density * ticks + 8 * Math.sqrt(density * ticks) + 32);
  const constant = (value: number) => ({ kind: 'constant', value }) as const;
  return {
    until_us: HOUR, // long after all is quiet
    venues: [
      {
        name: '',
        instruments: [
          {
            name: 'FLAT',
            contract: linear(1),
            price: best + 1,
            bids: {
              price: Int32Array.from({ length: ticks }, (_, i) => best - i),
              lots: new Int32Array(ticks).fill(lots_per_tick),
            },
            asks: { price: new Int32Array(0), lots: new Int32Array(0) },
            mark: { rule: compileMark({ rule: 'last' }), every_us: 0 },
            index: { volatility: 0, every_us: SECOND },
          },
        ],
        latency: { order_us: 0, mark_us: 1, liquidation_us: 0, notice_us: 0 },
        ...noMargin,
        capacity: {
          orders: ticks,
          terms: 16,
          calls: count,
          liquidations: count,
          losses: count,
          fills: 1024,
          span: spanOf(ticks + 2),
        },
      },
    ],
    groups: [
      {
        name: 'placed',
        kind: placed,
        count,
        instrument: 0,
        params: {
          size: constant(position_lots),
          density: constant(density),
          keep: constant(accounts_per_tick / density),
          entry: constant(best + 1),
          ticks: constant(ticks),
        },
      },
    ],
    shocks: [
      sale.compile({ at: 0, lots: sweep_ticks * lots_per_tick }, { quantaPerUnit: 1, instrument: () => 0 }),
    ],
    quantaPerUnit: 1,
    data: () => undefined,
    capacity: { events: count + 16 },
  };
}
