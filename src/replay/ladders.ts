/** Names of the ladders that a reader may put in place of a policy's own. */
import { namedLadders } from '../clearing/calls/rungs/index.ts';

export const LADDERS: readonly string[] = Object.keys(namedLadders);
