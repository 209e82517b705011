/** All kinds of trader: those that come with unwind, and yours. A new one is one file, and one line here. */
import type { AgentKind } from '../src/index.ts';
import { shipped } from './shipped.ts';

export const agents: readonly AgentKind[] = [...shipped];

export { shipped };
