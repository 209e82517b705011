/** The kinds of trader that come with unwind: they keep nothing outside of their `state`. */
import type { AgentKind } from '../src/index.ts';
import arbitrageur from './arbitrageur.ts';
import basisTrader from './basis-trader.ts';
import depthProvider from './depth-provider.ts';
import dipBuyer from './dip-buyer.ts';
import dislocationBuyer from './dislocation-buyer.ts';
import holder from './holder.ts';
import hunter from './hunter.ts';
import leverageFund from './leverage-fund.ts';
import liquidator from './liquidator.ts';
import marketMaker from './market-maker.ts';
import meanReverter from './mean-reverter.ts';
import metaorder from './metaorder.ts';
import noise from './noise.ts';
import speculator from './speculator.ts';
import taker from './taker.ts';
import touchMaker from './touch-maker.ts';
import trend from './trend.ts';
import value from './value.ts';
import zeroIntelligence from './zero-intelligence.ts';

export const shipped: readonly AgentKind[] = [
  ...[touchMaker, depthProvider, metaorder, taker, arbitrageur],
  ...[dislocationBuyer, leverageFund, speculator, hunter, meanReverter, basisTrader],
  ...[zeroIntelligence, noise, marketMaker, value, trend, holder, liquidator, dipBuyer],
];
