/** What results come from, and who made them: the fields that a run's manifest and a design's document have in common. */
import type { Experiment } from '../../models/experiment.ts';
import type { Order } from './order.ts';

export interface Origin {
  readonly unwind: string;
  /** Hash of the code that made it. */
  readonly code: string;
  readonly command: string;
  readonly experiment: string;
  readonly question: string;
  readonly seed: string;
  /** What --set changed, and the files that were read, the experiment's own first. */
  readonly sets: readonly string[];
  readonly inputs: Experiment['inputs'];
  /** Plug-ins that the experiment names, with the hash of their code; undefined: none. */
  readonly plug_ins?: readonly { readonly name: string; readonly sha256: string }[] | undefined;
  /** What is odd about the data: a sentence each. */
  readonly warnings: Experiment['warnings'];
}

export interface Timing {
  readonly started: string;
  /** At work, over all processes that went on with it. */
  readonly seconds: number;
  readonly workers: number;
}

export function originOf({ unwind, code, command, experiment }: Order): Origin {
  const { name, question, seed, sets, inputs, plugIns, warnings } = experiment;
  const plug_ins = plugIns?.map(({ name, sha256 }) => ({ name, sha256 }));
  const own = { unwind, code, command, experiment: name, question, seed, sets, inputs };
  return { ...own, ...(plug_ins && { plug_ins }), warnings };
}

/** The other fields of a document that begins with them. */
export function withoutOrigin<T extends Origin>(document: T): Omit<T, keyof Origin> {
  const { unwind: _u, code: _c, command: _o, experiment: _e, question: _q, seed: _s, sets: _t, inputs: _i, plug_ins: _p, warnings: _w, ...rest } = document; // prettier-ignore
  return rest;
}
