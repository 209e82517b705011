/**
 * Basis trader: holds the cheaper of two instruments for the same thing and is short of the dearer one, in one account, while
 * their prices are further apart than usual, and closes both legs when they are not. Where one leg is larger than the other (it
 * was liquidated, or found nobody), the larger one is cut first: so trouble in one market is sold into the other.
 *   basis = price / price of the other − 1 − usual
 */
import {
  change,
  defineAgent,
  duration,
  leverage,
  lotsWorth,
  money,
  number,
  seconds,
  share,
} from '../src/index.ts';

export default defineAgent({
  kind: 'basis-trader',
  about: 'Trades the difference between two instruments’ prices away, a leg in each, with limited money.',
  source:
    'S. He, A. Manela, O. Ross, V. von Wachter, Fundamentals of perpetual futures, arXiv 2212.06888 (2022); capital that is limited, A. Shleifer, R. Vishny, The limits of arbitrage, Journal of Finance 52 (1997).',
  margined: true,
  params: {
    against: number(1, 'The other instrument: its number in market.instruments; its own: it does nothing.', {
      least: 1,
      most: 1000,
    }),
    every: duration('1 s', 'Mean time between looks.', { least: 1 }),
    usual: change(0, 'Difference of the prices that is none: a carry, say.'),
    opens: share('0.2 %', 'Distance from that beyond which it opens.'),
    closes: share('0.05 %', 'Distance within which it closes.'),
    wealth: money(1_000_000, 'Money that it starts with.'),
    leverage: leverage(3, 'Most value of a leg over its own money.'),
    slice: money(50_000, 'Value of its largest order.'),
  },
  born(me, birth) {
    birth.deposit(me.wealth);
  },
  wake(me, market, rng) {
    const delay = seconds(rng.exponential(me.every / 1e6));
    const other = Math.round(me.against) - 1;
    if (other === me.instrument || me.openOrders > 0) return delay; // one waits for an auction already
    const price = market.mid;
    const unit = market.lotValue(price);
    const otherPrice = market.at(other).mid;
    const otherUnit = market.lotValue(otherPrice);
    const value = me.position * unit;
    const otherValue = me.positionIn(other) * otherUnit;
    const excess = value + otherValue;
    const least = value === 0 ? otherUnit / 2 : Math.max(unit, otherUnit, me.slice / 2);
    if (Math.abs(excess) > least) {
      if (Math.abs(value) > Math.abs(otherValue)) trade(me.instrument, unit, -excess);
      else trade(other, otherUnit, -excess);
      return delay;
    }
    const basis = price / otherPrice - 1 - me.usual;
    const room = me.leverage * me.equity - Math.abs(value);
    const side = value > 0 ? 1 : value < 0 ? -1 : 0;
    let bought = 0; // value of what it buys here, and sells there
    if (side !== 0 && side * basis > -me.closes) bought = -side * Math.min(me.slice, Math.abs(value));
    else if (Math.abs(basis) > me.opens && room >= unit)
      bought = (basis > 0 ? -1 : 1) * Math.min(me.slice, room);
    if (bought !== 0) {
      trade(me.instrument, unit, bought);
      trade(other, otherUnit, -bought);
    }
    return delay;

    function trade(instrument: number, lot: number, signed: number): void {
      const worth = Math.min(me.slice, Math.abs(signed));
      const lots = Math.min(lotsWorth(worth, lot), Math.max(1, Math.floor(worth / lot))); // rounded down
      if (signed > 0) market.at(instrument).buy(lots);
      else market.at(instrument).sell(lots);
    }
  },
});
