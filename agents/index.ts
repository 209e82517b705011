/** The kinds of trader that come with unwind. A new one is one file, and one line here. */
import type { AgentKind } from '../src/index.ts';
import dipBuyer from './dip-buyer.ts';
import holder from './holder.ts';
import liquidator from './liquidator.ts';
import marketMaker from './market-maker.ts';
import noise from './noise.ts';
import trend from './trend.ts';
import value from './value.ts';

export const agents: readonly AgentKind[] = [noise, marketMaker, value, trend, holder, liquidator, dipBuyer];
