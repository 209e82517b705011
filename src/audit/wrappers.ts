/** What each wrapper makes of a requirement, with its number in force as recorded. */
import { Decimal } from 'decimal.js';
import { least, most, PPM, ppmUp, share } from './arithmetic.ts';
import type { Context, Requirement } from './formula.ts';
import { setting } from './formula.ts';
import type { Settings } from './terms.ts';

interface Wrapper {
  readonly hasTerm: boolean;
  /** Undefined: a number that it needs is not known. */
  readonly build: (settings: Settings, context: Context, inner: Requirement) => Requirement | undefined;
}

type Kind = 'maintenance' | 'initial';
type Change = (required: bigint, kind: Kind, instrument: number, lots: bigint, mark: bigint) => bigint;

/** Both requirements changed in the same way. */
function both(inner: Requirement, change: Change): Requirement {
  return {
    ...inner,
    maintenance: (i, lots, mark) => change(inner.maintenance(i, lots, mark), 'maintenance', i, lots, mark),
    initial: (i, lots, mark) => change(inner.initial(i, lots, mark), 'initial', i, lots, mark),
  };
}

/** No requirement is scaled further than a thousandfold. */
const MOST_SCALE = 1000n * PPM;

/** A requirement times ppm, but not more than the whole position where it is not that already. */
const scaled = (required: bigint, ppm: bigint, notional: bigint): bigint =>
  least(share(required, ppm), most(required, notional));

/** A written rate for maintenance, and times the factor for initial margin; undefined if it comes from a history. */
function writtenRates(settings: Settings): Readonly<Record<Kind, bigint>> | undefined {
  const rate = settings['rate'] as number | undefined;
  if (rate === undefined) return undefined;
  const maintenance = least(ppmUp(rate), PPM);
  const factor = new Decimal(setting(settings, 'initial_factor'));
  return { maintenance, initial: least(ppmUp(factor.times(maintenance.toString()).div(1e6)), PPM) };
}

/** M · multiplier. */
const adaptive: Wrapper = {
  hasTerm: true,
  build: (_settings, { value, inForce }, inner) =>
    both(inner, (required, _kind, i, lots, mark) =>
      scaled(required, BigInt(inForce(i)), value(i, lots, mark)),
    ),
};

/** max(M, N · rate). */
const floor: Wrapper = {
  hasTerm: true,
  build(settings, { value, inForce }, inner) {
    const factor = new Decimal(setting(settings, 'initial_factor'));
    const initial = (ppm: number): bigint => least(BigInt(factor.times(ppm).ceil().toFixed(0)), PPM);
    return both(inner, (required, kind, i, lots, mark) => {
      const ppm = kind === 'initial' ? initial(inForce(i)) : BigInt(inForce(i));
      return most(required, share(value(i, lots, mark), ppm));
    });
  },
};

/** max(min((1 + b) · M, N · release), M). */
const buffer: Wrapper = {
  hasTerm: false,
  build(settings, { value }, inner) {
    const release = writtenRates(settings);
    if (release === undefined) return undefined;
    const buffered = ppmUp(new Decimal(1).plus(setting(settings, 'share')));
    return both(inner, (required, kind, i, lots, mark) =>
      most(required, least(share(required, buffered), share(value(i, lots, mark), release[kind]))),
    );
  },
};

/** (1 − w) · M + w · N · rate. */
const stressedWeight: Wrapper = {
  hasTerm: true,
  build(settings, { value, inForce }, inner) {
    const weight = ppmUp(setting(settings, 'weight'));
    const factor = ppmUp(setting(settings, 'initial_factor'));
    return both(inner, (required, kind, i, lots, mark) => {
      const part = share(share(value(i, lots, mark), BigInt(inForce(i))), weight);
      return share(required, PPM - weight) + (kind === 'initial' ? share(part, factor) : part);
    });
  },
};

/** min(M, N · rate). */
const cap: Wrapper = {
  hasTerm: false,
  build(settings, { value }, inner) {
    const highest = writtenRates(settings);
    if (highest === undefined) return undefined;
    return both(inner, (required, kind, i, lots, mark) =>
      least(required, share(value(i, lots, mark), highest[kind])),
    );
  },
};

/** M · the factor that the limit leaves. */
const speedLimit: Wrapper = {
  hasTerm: true,
  build: (_settings, { inForce }, inner) =>
    both(inner, (required, _kind, i) => share(required, BigInt(inForce(i)))),
};

/** M · max(1, lots / free depth). */
const concentration: Wrapper = {
  hasTerm: true,
  build: (_settings, { value, inForce }, inner) =>
    both(inner, (required, _kind, i, lots, mark) => {
      const free = inForce(i);
      const scale = Number(lots) <= free ? PPM : MOST_SCALE;
      const ppm = scale === PPM || free <= 0 ? scale : ppmUp(new Decimal(lots.toString()).div(free));
      return scaled(required, least(ppm, MOST_SCALE), value(i, lots, mark));
    }),
};

export const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  floor,
  buffer,
  'stressed-weight': stressedWeight,
  cap,
  'speed-limit': speedLimit,
  concentration,
  'adaptive-volatility': adaptive,
  'adaptive-depth': adaptive,
};
