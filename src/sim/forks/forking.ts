/**
 * Going on under other rules: a world that has run under one policy takes over its state into the world of another one,
 * and goes on there. What the new rules need anew begins at the fork, as it would at the start of a run; all else stays.
 */
import { DEFAULT_FUND, FIRST_TRADER, INSURANCE, OWN_CAPITAL, VAULT } from '../../clearing/schema.ts';
import { NO_INSTRUMENT } from '../venue/breaches.ts';
import { MARGIN_UPDATE, OF_AGENTS, SHOCK_STEP, VOID } from '../terms/events.ts';
import type { VenueSpec } from '../scenario/scenario.ts';
import type { Simulation } from '../simulation.ts';
import type { Venue } from '../venue/venue.ts';
import { PLAIN_RULES } from '../terms/trading-rules.ts';

/** Parts of a venue's policy in which two scenarios differ; true: it is another one. */
export interface Differences {
  readonly margin: boolean;
  readonly ladder: boolean;
  readonly waterfall: boolean;
}

/**
 * `simulation` goes on from the state that `before` is in. Their scenarios may differ in policy, trading rules and latencies
 * alone; throws InvariantError if their worlds differ in anything else.
 *
 * - Margin: the rule's memory begins at the fork. All accounts are looked at under the new requirements at once; a breach
 *   that they make has no fill as its cause.
 * - Ladder: an account in distress comes to the rung that its health says, and is looked at after the latency; one that the
 *   new ladder finds healthy has its call closed as met.
 * - Waterfall: vault, own capital and default fund of the old one are taken out, as far as they have money left, and the
 *   new one's are brought in. The insurance fund stays as it is, plus or less what the policies' funds differ by.
 * - Trading: a halt band and batches that were not there begin; a call period that is on ends at its time.
 * - Latencies hold for what is sent from now on.
 */
export function goOnUnder(simulation: Simulation, before: Simulation, others: readonly Differences[]): void {
  const but = simulation.venues.flatMap(({ layout: { prefix } }, v) => {
    const other = others[v]!;
    const names = [...(other.margin ? ['margin'] : []), ...(other.waterfall ? ['members'] : [])];
    return names.map((name) => `${prefix}${name}`);
  });
  simulation.adopt(before, but);
  simulation.venues.forEach((venue, v) => {
    goOnAt(venue, before.venues[v]!.spec, others[v]!);
  });
}

/** … at one venue. */
function goOnAt(venue: Venue, before: VenueSpec, other: Differences): void {
  const { ledger, spec, breaches, house, queue } = venue;
  if (other.margin) restartMargin(venue);
  if (other.waterfall) restartWaterfall(venue);
  changeFund(venue, spec.insuranceQuanta - before.insuranceQuanta);
  spec.instruments.forEach(({ trading }, i) => {
    const was = before.instruments[i]!.trading ?? PLAIN_RULES;
    if (trading !== was) venue.commands.changeRules(i, was);
  });
  if (house.engineOff) return;
  if (other.ladder) {
    const { stage } = ledger.accounts;
    for (let account = 0; account < stage.length; account++) {
      if (stage[account] === 0 || !house.reenter(queue.now, account)) continue;
      breaches.look(account, queue.now + spec.latency.liquidation_us);
    }
  }
  if (other.margin || other.ladder) breaches.reviewAll(NO_INSTRUMENT);
}

/** A venue's insurance fund gets so many quanta more; less than nothing is taken out as far as there is money. */
export function changeFund({ ledger }: Venue, quanta: number): void {
  const most = Math.max(0, ledger.accounts.quote[INSURANCE]!);
  if (quanta !== 0) ledger.mint(INSURANCE, Math.max(quanta, -most));
}

/** No shock does anything any more. */
export function takeBackShocks({ queue }: Simulation): void {
  takeBack(queue.columns.kind, (row) => queue.columns.kind[row] === SHOCK_STEP);
}

/**
 * Agents leave (by their numbers among all): their orders are cancelled, commands and answers that are on their way are taken
 * back, and they neither wake nor answer again. What they hold stays theirs.
 */
export function sendAway(simulation: Simulation, isOut: (agent: number) => boolean): void {
  const { tables, queue, venues, crowd } = simulation;
  const { kind, subject } = queue.columns;
  const agentOf = (row: number): number => crowd.agentAt(simulation.venueOfEvent(row).number, subject[row]!);
  takeBack(kind, (row) => OF_AGENTS.has(kind[row]!) && isOut(agentOf(row)));
  const { gone } = tables.agents;
  for (let agent = 0; agent < gone.length; agent++) if (isOut(agent)) gone[agent] = 1;
  for (const { number, ledger, commands } of venues) {
    for (let account = FIRST_TRADER; account < ledger.accounts.quote.length; account++) {
      const agent = crowd.agentAt(number, account);
      if (agent < 0 || !isOut(agent)) continue;
      for (let i = 0; i < ledger.instruments; i++) commands.cancelAll(account, i);
    }
  }
}

/** Rows that are free may be among them; they get their kind when they are used. */
function takeBack(kind: Int32Array, isMeant: (row: number) => boolean): void {
  for (let row = 0; row < kind.length; row++) if (isMeant(row)) kind[row] = VOID;
}

function restartMargin({ tables, queue, ledger, house, marginClock, layout }: Venue): void {
  const { kind, instrument } = queue.columns;
  const end = layout.firstListing + ledger.instruments;
  takeBack(kind, (row) => {
    const listing = instrument[row]!;
    return kind[row] === MARGIN_UPDATE && listing >= layout.firstListing && listing < end;
  });
  tables.margin.value.fill(0);
  ledger.marks.forEach((mark, i) => {
    house.rules.margin.changes.reset?.(i, mark);
    marginClock.prepare(i);
  });
}

function restartWaterfall({ ledger, house, tables }: Venue): void {
  for (const account of [VAULT, OWN_CAPITAL, DEFAULT_FUND]) {
    const most = Math.max(0, Math.min(ledger.worth(account), ledger.accounts.quote[account]!));
    ledger.mint(account, -most);
  }
  tables.members.contribution.fill(0);
  tables.members.assessable.fill(0);
  house.losses.open();
}
