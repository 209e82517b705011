/** What figures of one run have in common: of which it is, and its two worlds. */
import type { PathMoment } from '../../replay/portrait.ts';
import type { Replayed } from '../results.ts';
import type { Layout } from './figure.ts';
import { axis, coloured, dashed, ticksIn } from './parts.ts';
import { SECONDS_AXIS } from './paths.ts';

export const RUN = 'the run';
export const TWIN = 'its twin: nobody is liquidated';
const WORLDS = [RUN, TWIN] as const;

/** `n = 1: run 17 of seed lcst-2024` */
export function runText({ run, seed, book }: Replayed): string {
  return `n = 1: run ${run} of seed ${seed}, ${book}`;
}

/** Moments of both worlds in rows; the fields `policy` tells them apart. */
export function worldsOf<T extends object>(
  { portrait }: Replayed,
  row: (moment: PathMoment) => T,
): (T & { readonly policy: string })[] {
  const all = [
    [RUN, portrait.run],
    [TWIN, portrait.twin],
  ] as const;
  return all.flatMap(([policy, path]) => path.map((moment) => ({ ...row(moment), policy })));
}

/** How they are drawn over the seconds since the shock. */
export function worldLines(layout: Layout, width: number) {
  return {
    x: { ...SECONDS_AXIS, scale: { nice: false, zero: false }, axis: axis(',~f', ticksIn(width)) },
    color: coloured(layout, WORLDS, 'lines'),
    strokeDash: dashed(layout, WORLDS),
  };
}
