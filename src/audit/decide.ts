/** What a rung of the call ladder must decide, from its settings and the account's health at that time. */
import { most, PPM, ppmNear, ppmUp, share } from './arithmetic.ts';
import type { Settings } from './terms.ts';

export interface Health {
  readonly equity: bigint;
  readonly maintenance: bigint;
  readonly initial: bigint;
  /** Money at the venue that is not pledged. */
  readonly free: bigint;
  /** Times that the rung has acted before in this episode, and demands that were not met. */
  readonly visits: number;
  readonly unmet: number;
}

/** As the columns of audit_visits. */
export interface Decision {
  demand: bigint;
  warned: number;
  pull: bigint;
  restricted: number;
  cancelled: number;
  /** 0 nothing, 1 a share, 2 just enough, 3 tiers. */
  close: number;
  close_ppm: bigint;
  taken_over: number;
  /** 0 none, 1 at a price that all are asked to take, 2 by sealed bids. */
  auction: number;
  discount_ppm: bigint;
  uniform: number;
  reward_ppm: bigint;
  penalty_ppm: bigint;
  wait_us: number;
  goes_on: number;
}

export function nothing(wait_us = 0): Decision {
  return {
    demand: 0n,
    warned: 0,
    pull: 0n,
    restricted: 0,
    cancelled: 0,
    close: 0,
    close_ppm: 0n,
    taken_over: 0,
    auction: 0,
    discount_ppm: 0n,
    uniform: 0,
    reward_ppm: 0n,
    penalty_ppm: 0n,
    wait_us,
    goes_on: 0,
  };
}

type Rung = (settings: Settings, health: Health) => Partial<Decision>;

const wait = (settings: Settings, key: string): number => settings[key] as number;
const isLast = (settings: Settings, { visits }: Health): number =>
  visits + 1 >= ((settings['times'] as number | undefined) ?? Infinity) ? 1 : 0;

/** What an auction's settings are if left out. */
const AUCTION = { start: 0, step: 0.005, every: 1_000_000, rounds: 10, time: 5_000_000 };

const auction: Rung = (settings, { visits }) => {
  const of = (key: keyof typeof AUCTION): number => (settings[key] as number | undefined) ?? AUCTION[key];
  const offer = {
    close: 1,
    close_ppm: PPM,
    uniform: settings['pricing'] === 'uniform' ? 1 : 0,
    reward_ppm: ppmUp(settings['reward'] as number),
    penalty_ppm: ppmUp(settings['penalty'] as number),
  };
  if (settings['kind'] === 'dutch') {
    const discount = of('start') + of('step') * visits;
    return {
      ...offer,
      auction: 1,
      discount_ppm: discount < 1 ? ppmNear(discount) : PPM,
      wait_us: of('every'),
      goes_on: visits + 1 >= of('rounds') ? 1 : 0,
    };
  }
  // Time for bids, then the box is opened.
  if (visits % 2 === 0) return { cancelled: 1, wait_us: of('time') };
  return { ...offer, auction: 2, goes_on: 1 };
};

const RUNGS: Readonly<Record<string, Rung>> = {
  warn: (settings, { visits }) => ({
    warned: settings['again'] === true || visits === 0 ? 1 : 0,
    wait_us: wait(settings, 'wait'),
    goes_on: settings['again'] === true ? 0 : 1,
  }),
  search: (settings, { initial, equity, free }) => {
    const missing = most(initial - equity, 0n);
    return { pull: missing < free ? missing : free, wait_us: wait(settings, 'wait'), goes_on: 1 };
  },
  call: (settings, { maintenance, initial, equity }) => {
    const { demand } = settings;
    const wanted =
      demand === 'initial'
        ? initial
        : demand === 'maintenance'
          ? 0n
          : share(maintenance, ppmNear(demand as number));
    // A quantum above the maintenance requirement, at which the account would still be in breach.
    const target = most(wanted, maintenance + 1n);
    return { demand: most(target - equity, 0n), wait_us: wait(settings, 'grace'), goes_on: 1 };
  },
  restrict: (settings) => ({ restricted: 1, wait_us: wait(settings, 'wait'), goes_on: 1 }),
  'cancel-orders': (settings) => ({ cancelled: 1, wait_us: wait(settings, 'wait'), goes_on: 1 }),
  partial: (settings, health) => {
    const fraction = settings['fraction'] as number;
    const grown = fraction * (1 + (settings['per_unmet_call'] as number) * health.unmet);
    return {
      close: 1,
      close_ppm: grown < 1 ? ppmNear(grown) : PPM,
      wait_us: wait(settings, 'cool_down'),
      goes_on: isLast(settings, health),
    };
  },
  'step-down': (settings, health) => ({
    close: 3,
    wait_us: wait(settings, 'cool_down'),
    goes_on: isLast(settings, health),
  }),
  enough: (settings, health) => ({
    close: 2,
    wait_us: wait(settings, 'cool_down'),
    goes_on: isLast(settings, health),
  }),
  paced: (settings, { visits }) => {
    const left = Math.max(1, (settings['slices'] as number) - visits);
    return {
      close: 1,
      close_ppm: PPM / BigInt(left),
      wait_us: wait(settings, 'every'),
      goes_on: left === 1 ? 1 : 0,
    };
  },
  full: (settings, health) => ({
    close: 1,
    close_ppm: PPM,
    wait_us: wait(settings, 'retry'),
    goes_on: isLast(settings, health),
  }),
  auction,
  takeover: (settings) => ({ close: 1, close_ppm: PPM, taken_over: 1, wait_us: wait(settings, 'retry') }),
};

/** Undefined: a rung that this audit does not know. */
export function decide(rung: Settings, health: Health): Decision | undefined {
  const decided = RUNGS[String(rung['rung'])]?.(rung, health);
  return decided === undefined ? undefined : { ...nothing(), ...decided };
}

export const isKnownRung = (name: string): boolean => name in RUNGS;
