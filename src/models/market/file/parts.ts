/** The parts of a market's experiment file that can be judged each by itself. */
import { agentKinds } from '../../agent-kinds.ts';
import type { Parts } from '../../../experiment/parts.ts';

export const marketParts: Parts = {
  of(path) {
    const [top, key, entry] = path;
    if (top === 'market') {
      if (key === undefined) return undefined;
      return key === 'instruments' && entry !== undefined ? path.slice(0, 3) : path.slice(0, 2);
    }
    const isOneOfMany = (top === 'population' || top === 'policies') && key !== undefined;
    return top === undefined ? undefined : path.slice(0, isOneOfMany ? 2 : 1);
  },
  // An entry's number is part of the path of all behind it, and its name may be referred to.
  placeholder([top, key, entry], written) {
    const { name, kind, tick, lot } = (typeof written === 'object' ? (written ?? {}) : {}) as Record<
      string,
      unknown
    >;
    const named = typeof name === 'string' && name !== '' ? name : undefined;
    if (top === 'market' && entry !== undefined)
      return { name: named ?? `broken ${entry}`, tick: tick ?? 1, lot: lot ?? '1 lot', price: tick ?? 1 };
    if (top === 'population' && key !== undefined) {
      const known = agentKinds.find(kind) ?? agentKinds.all[0]!;
      return { kind: known.kind, count: 0, name: named ?? `broken ${key}` };
    }
    return undefined;
  },
};
