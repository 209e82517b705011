/** What a model's market has where nobody borrows and nothing is forced: one instrument, no latency, no fees, no shocks. */
import { linear } from '../contracts/linear.ts';
import { flatFee } from '../clearing/calls/liquidation-fee.ts';
import { full } from '../clearing/calls/rungs/full.ts';
import { rungOf } from '../clearing/calls/rungs/rung.ts';
import { compileLayer } from '../clearing/waterfall/index.ts';
import { HOUR } from '../core/units.ts';
import { compileMargin, marginSchema } from '../clearing/policy/margin.ts';
import { additive } from '../clearing/risk/additive.ts';
import { compileMark } from '../market/mark-settings.ts';
import type { Distribution } from '../sim/agent/distribution.ts';
import type {
  Capacity,
  IndexSpec,
  InstrumentSpec,
  Levels,
  Scenario,
  VenueCapacity,
  VenueSpec,
} from '../sim/scenario/scenario.ts';

const EMPTY: Levels = { price: new Int32Array(0), lots: new Int32Array(0) };

/** A parameter that is the same for all. */
export const constant = (value: number): Distribution => ({ kind: 'constant', value });

/** A policy that asks for no margin, closes whole positions and lets nobody pay for what is lost. */
export const noMargin: Omit<VenueSpec, 'name' | 'instruments' | 'assets' | 'latency' | 'capacity'> = {
  rules: (context) => ({
    margin: additive(
      compileMargin(marginSchema.parse({ rule: 'flat', leverage: 1, maintenance_rate: 0 }), context),
    ),
    ladder: [rungOf(full, { retry: '1 d' })],
    waterfall: [compileLayer('write-off', {}, context)],
    liquidationFee: flatFee(0),
    releasePpm: 1_000_000,
    checksOrders: false,
  }),
  marginSlots: 0,
  members: false,
  looksAbove: false,
  insuranceQuanta: 0,
};

/** An instrument whose book is empty, and whose mark nobody needs. */
export function emptyInstrument(price: number, index: IndexSpec): InstrumentSpec {
  return {
    name: 'ONE',
    contract: linear(1),
    price,
    bids: EMPTY,
    asks: EMPTY,
    mark: { rule: compileMark({ rule: 'last' }), every_us: HOUR },
    index,
  };
}

export function plainMarket(
  own: Pick<Scenario, 'until_us' | 'groups' | 'activity'> & Pick<VenueSpec, 'instruments'>,
  { events = 64, ...pools }: Partial<VenueCapacity & Capacity> = {},
): Scenario {
  const { instruments, ...world } = own;
  return {
    ...world,
    venues: [
      {
        name: '',
        instruments,
        latency: { order_us: 0, mark_us: 0, liquidation_us: 0, notice_us: 0 },
        ...noMargin,
        capacity: {
          ...{ orders: 64, terms: 16, calls: 1, liquidations: 1, losses: 1, fills: 1024, span: 4096 },
          ...pools,
        },
      },
    ],
    shocks: [],
    quantaPerUnit: 1,
    data: () => undefined,
    capacity: { events },
  };
}
