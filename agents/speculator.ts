/**
 * Speculator: opens a position with borrowed money now and then, holds it for a while, and closes it. Leverage is one of the
 * round numbers that venues' sliders offer, and stops lie at round prices, so that triggers come in bunches. What it wins or
 * loses stays in its account; when too little is left, a new one brings money in its place.
 */
import {
  defineAgent,
  duration,
  leverage,
  lotsWorth,
  money,
  number,
  REDUCE_ONLY,
  seconds,
  share,
} from '../src/index.ts';

export default defineAgent({
  kind: 'speculator',
  about:
    'Opens leveraged positions, often with stops at round prices, holds them for a while, and closes them.',
  source:
    'stops at round prices, C. Osler, Currency orders and exchange rate dynamics, Journal of Finance 58 (2003); what they do together, the same, Stop-loss orders and price cascades in currency markets, J. Int. Money and Finance 24 (2005).',
  margined: true,
  params: {
    wealth: money(5_000, 'Money that it brings.', { least: 0.01 }),
    stake: share('50 %', 'Part of its equity that is the margin of a position.'),
    leverage: leverage(10, 'Position over its margin; less if the policy asks for more.'),
    idle: duration('1 h', 'Mean time between positions.'),
    holds: duration('2 h', 'Mean time that it holds one.'),
    follows: share('50 %', 'Probability that a position follows the last move; else it is against it.'),
    stops: share('30 %', 'Probability that a position has a stop.'),
    stop_at: share('50 %', 'Part of the margin that is lost at the stop.'),
    round: number(500, 'Stops lie at multiples of so many ticks.', { least: 1 }),
    comes_back: duration('6 h', 'Mean time until a new one takes the place of one who lost all.'),
  },
  state: { average: 'f64', holding: 'i32', begun: 'i32' },
  born(me, birth) {
    birth.deposit(me.wealth);
    birth.keepReserve(1000 * me.wealth); // of those who will take its place
    me.average = birth.mark;
  },
  wake(me, market, rng) {
    if (me.begun === 0) {
      me.begun = 1; // not all of them in the first second
      return seconds(rng.exponential(me.idle / 1e6));
    }
    const price = market.mid;
    const rises = price >= me.average;
    me.average += 0.2 * (price - me.average);
    if (me.holding !== 0) {
      market.cancelAll();
      if (me.position !== 0) market.order(-me.position, 0, REDUCE_ONLY);
      me.holding = 0;
      return seconds(rng.exponential(me.idle / 1e6));
    }
    const { equity } = me;
    if (equity < 0.05 * me.wealth) {
      market.topUp(Math.max(0, me.wealth - equity), 0);
      return seconds(rng.exponential(me.comes_back / 1e6));
    }
    const side = rng.chance(me.follows) === rises ? 1 : -1;
    const margin = me.stake * equity;
    const value = margin * me.leverage;
    const lot = market.lotValue(price);
    const lots = me.openable(lotsWorth(value, lot), margin);
    if (value < lot || lots === 0) return seconds(rng.exponential(me.idle / 1e6));
    if (side > 0) market.buy(lots);
    else market.sell(lots);
    me.holding = side;
    if (rng.chance(me.stops)) {
      const at = price * (1 - (side * me.stop_at) / me.leverage);
      const trigger = Math.round(at / me.round) * me.round;
      if (trigger >= 1 && side * (price - trigger) > 0) market.stop(-side * lots, trigger, 0, REDUCE_ONLY);
    }
    return seconds(rng.exponential(me.holds / 1e6));
  },
});
