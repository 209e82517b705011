/** The sorts of plug-ins that files of the user's may bring, and the registry that each goes to. */
import { rungs } from '../../clearing/calls/rungs/index.ts';
import { marginRules, marginWrappers } from '../../clearing/margin/index.ts';
import { lossLayers } from '../../clearing/waterfall/index.ts';
import { contractKinds } from '../../contracts/contracts.ts';
import { markRules } from '../../market/mark.ts';
import { scores } from '../../sim/observe/scores/index.ts';
import { shocks } from '../../sim/shocks/index.ts';
import { agentKinds } from '../agent-kinds.ts';
import { addedMeasures } from '../market/measures/added.ts';

/** By the function that declares one. A new sort is a line here, and its function in api.ts. */
export const sorts = {
  defineAgent: agentKinds,
  defineMarginRule: marginRules,
  defineWrapper: marginWrappers,
  defineRung: rungs,
  defineLayer: lossLayers,
  defineMark: markRules,
  defineShock: shocks,
  defineMeasure: addedMeasures,
  defineScore: scores,
  defineContract: contractKinds,
};

export type Sort = keyof typeof sorts;

const declared = new WeakMap<object, Sort>();

/** A function that declares plug-ins of a sort, and remembers of what it returns which sort that is. */
export function declaring<F extends (...args: never[]) => object>(sort: Sort, define: F): F {
  const remembering = (...args: Parameters<F>): object => {
    const made = define(...args);
    declared.set(made, sort);
    return made;
  };
  return remembering as unknown as F;
}

/** How something was declared; undefined: by none of these functions. */
export function sortOf(value: unknown): Sort | undefined {
  return typeof value === 'object' && value !== null ? declared.get(value) : undefined;
}
