/**
 * Leveraged holder: opened a position in the past and sits on it. Does nothing until a margin call arrives; then it
 * brings money from its reserve, borrows, reduces the position, or ignores the call. A transfer costs and can fail.
 */
import { change, defineAgent, duration, factor, leverage, number, share, size } from '../src/index.ts';

export default defineAgent({
  kind: 'leveraged-holder',
  about:
    'Sits on a position opened with borrowed money; answers margin calls with money, by selling, or not.',
  source:
    'J. Bian, Z. He, K. Shue, H. Zhou, Leverage-induced fire sales and stock market crashes, NBER 25040 (2018).',
  margined: true,
  facilities: ['free', 'borrows'],
  params: {
    side: number(1, '1: long, -1: short.', { least: -1, most: 1 }),
    size: size('25e3 USDT', 'Position (scaled if the group has an open interest).'),
    leverage: leverage(10, 'Position over own money when opened; less if the policy asks for more.'),
    entry: change(0, 'Price at which it opened, relative to the price at the start.'),
    reserve: factor(0.3, 'Money outside the venue, as a multiple of the collateral.'),
    answers: share(0.5, 'Probability that a call is answered with money from the reserve.'),
    borrows: share(0, 'Probability that a call is answered with borrowed money.'),
    reduces: share(0.2, 'Probability that a call is answered by closing half of the position.'),
    fails: share(0, 'Probability that a transfer of money fails.'),
    transfer_cost: share(0, 'What a transfer costs, as a share of the money.'),
    free: factor(
      0,
      'Money at the venue that is not pledged (isolated margin), as a multiple of the collateral.',
    ),
    asset_share: share(
      0,
      'Part of the collateral that it brings in a collateral asset, by what that counts for.',
    ),
    asset: number(1, 'Which asset that is: 1 for the first in market.collateral.', { least: 1, most: 100 }),
    answer_time: duration('30 s', 'Mean time until the answer arrives (exponential).'),
  },
  born(me, birth) {
    const lots = Math.max(1, Math.round(me.size)) * (me.side < 0 ? -1 : 1);
    let price = Math.max(1, Math.round(birth.mark * (1 + me.entry)));
    let collateral = collateralAt(price);
    // Had the market gone so far against it that it would be called at once, it opened today instead.
    const gain = birth.gain(lots, price, birth.mark);
    if (collateral + gain <= birth.maintenanceMargin(lots, birth.mark)) {
      price = birth.mark;
      collateral = collateralAt(price);
    }
    const inAsset = Math.min(1, me.asset_share) * collateral;
    birth.deposit(collateral - inAsset);
    birth.bring(me.asset - 1, inAsset);
    birth.hold(lots, price);
    birth.keepReserve(me.reserve * collateral);
    birth.keepFree(me.free * collateral);

    function collateralAt(at: number): number {
      const least = Math.max(birth.initialMargin(lots, at), birth.maintenanceMargin(lots, at) + 1);
      return Math.max((Math.abs(lots) * birth.lotValue(at)) / me.leverage, least);
    }
  },
  called(me, market, rng, demand) {
    const chance = rng.uniform();
    const delay = rng.exponential(me.answer_time);
    const brings = chance < me.answers;
    const borrows = !brings && chance < me.answers + me.borrows;
    if (brings || borrows) {
      if (rng.chance(me.fails)) market.failToBring(delay);
      else if (brings) market.topUp(demand, delay, me.transfer_cost);
      else market.borrow(demand, delay, me.transfer_cost);
    } else if (chance < me.answers + me.borrows + me.reduces) {
      const lots = Math.ceil(Math.abs(me.position) / 2);
      if (me.position > 0) market.sell(lots);
      else market.buy(lots);
    }
  },
});
