/**
 * Unwinding: what the insurance fund and the backstop vault took over is closed in the book over time, by market orders
 * for a share of what is left. Assumes that they do not wait for a price.
 *
 * The orders carry as their cause the last liquidation that handed lots over, so that a cascade which goes on through the
 * inventory of the fund is still one tree. When the inventory has eaten up its holder's own equity, the waterfall takes
 * it over as it would a trader's; what it leaves is sold on, and a debt in the end goes down the waterfall too.
 */
import type { ClearingHouse } from '../../../clearing/calls/house.ts';
import { shareOf } from '../../../clearing/margin/rule.ts';
import { INSURANCE, VAULT } from '../../../clearing/schema.ts';
import type { Agenda } from '../../terms/agenda.ts';
import type { Breaches } from '../breaches.ts';
import { UNWIND } from '../../terms/events.ts';
import type { WorldTables } from '../../scenario/tables.ts';
import type { Commands } from '../commands.ts';

export class Unwinding {
  private readonly house: ClearingHouse;
  private readonly queue: Agenda;
  private readonly commands: Commands;
  private readonly breaches: Breaches;
  private readonly inventory: WorldTables['inventory'];

  constructor(tables: WorldTables, queue: Agenda, commands: Commands, breaches: Breaches) {
    this.house = commands.house;
    this.queue = queue;
    this.commands = commands;
    this.breaches = breaches;
    this.inventory = tables.inventory;
  }

  /** Fund and vault have taken over lots, as the log of losses says from row `from` on: their sale is scheduled. */
  received(from: number): void {
    const { log, count } = this.house.losses;
    if (this.house.rules.unwind === undefined) return;
    for (let row = from; row < count; row++) {
      const account = log.account[row]!;
      if (log.lots[row] === 0 || (account !== INSURANCE && account !== VAULT)) continue;
      const liquidation = log.liquidation[row]!;
      this.keep(account, this.house.liquidations.instrument[liquidation]!, liquidation);
    }
  }

  /** A holder closes a part of its inventory in one instrument. */
  step(account: number, instrument: number): void {
    const { house, inventory } = this;
    const { ledger, rules } = house;
    const at = account * ledger.instruments + instrument;
    const liquidation = inventory.liquidation[at]! - 1;
    inventory.due[at] = 0;
    if (house.engineOff) return;
    if (ledger.equity(account) < 0) this.giveUp(account, instrument, liquidation);
    const lots = ledger.position(account, instrument);
    if (lots !== 0) {
      const part = shareOf(Math.abs(lots), rules.unwind!.share_ppm);
      this.commands.closeInventory(account, instrument, lots > 0 ? -part : part, liquidation);
    }
    if (ledger.position(account, instrument) !== 0) this.keep(account, instrument, liquidation);
    else this.payDebt(account, instrument, liquidation);
  }

  /** The next sale comes after the interval, with this liquidation as its cause. */
  private keep(account: number, instrument: number, liquidation: number): void {
    const { inventory, queue } = this;
    const at = account * this.house.ledger.instruments + instrument;
    inventory.liquidation[at] = liquidation + 1;
    if (inventory.due[at] !== 0) return;
    inventory.due[at] = 1;
    queue.schedule(queue.now + this.house.rules.unwind!.every_us, UNWIND, account, instrument);
  }

  /** The holder's equity is gone: the layers of the waterfall take what they can. */
  private giveUp(account: number, instrument: number, liquidation: number): void {
    const { house } = this;
    const lots = Math.abs(house.ledger.position(account, instrument));
    const first = house.losses.count;
    house.takeOver(this.queue.now, account, instrument, lots, liquidation);
    this.received(first);
    this.breaches.reviewBearers(first, instrument);
  }

  private payDebt(account: number, instrument: number, liquidation: number): void {
    const { house } = this;
    const debt = -house.ledger.equity(account);
    if (debt <= 0 || !house.ledger.isFlat(account)) return;
    const first = house.losses.count;
    house.losses.absorb(this.queue.now, account, debt, liquidation);
    this.breaches.reviewBearers(first, instrument);
  }
}
