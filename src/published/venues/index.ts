/** All venues. A new one is one file and one line here. */
import { binance } from './binance.ts';
import { bybit } from './bybit.ts';
import { deribit } from './deribit.ts';
import { dydx } from './dydx.ts';
import { flat } from './flat.ts';
import { gate } from './gate.ts';
import { hyperliquid } from './hyperliquid.ts';
import { okx } from './okx.ts';
import type { Venue } from './venue.ts';

export const venues: readonly Venue[] = [binance, bybit, okx, gate, hyperliquid, dydx, deribit, flat];
