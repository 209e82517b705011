/** All models that an experiment file can choose. A new one is one file and one line here. */
import { market } from './market.ts';
import { solvable } from './solvable.ts';

export const models = [market, solvable] as const;
