/**
 * Going on under other rules: a world that has run under one policy takes over its state into the world of another one,
 * and goes on there. What the new rules need anew begins at the fork, as it would at the start of a run; all else stays.
 */
import { DEFAULT_FUND, FIRST_TRADER, INSURANCE, OWN_CAPITAL, VAULT } from '../../clearing/schema.ts';
import { NO_INSTRUMENT } from '../venue/breaches.ts';
import { MARGIN_UPDATE, OF_AGENTS, SHOCK_STEP, VOID } from '../terms/events.ts';
import type { Simulation } from '../simulation.ts';
import { PLAIN_RULES } from '../terms/trading-rules.ts';

/** Parts of the policy in which two scenarios differ; true: it is another one. */
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
 * - Venue: a halt band and batches that were not there begin; a call period that is on ends at its time.
 * - Latencies hold for what is sent from now on.
 */
export function goOnUnder(simulation: Simulation, before: Simulation, other: Differences): void {
  const but = [...(other.margin ? ['margin'] : []), ...(other.waterfall ? ['members'] : [])];
  simulation.adopt(before, but);
  const { ledger, scenario, breaches, house, queue } = simulation;
  if (other.margin) restartMargin(simulation);
  if (other.waterfall) restartWaterfall(simulation);
  changeFund(simulation, scenario.insuranceQuanta - before.scenario.insuranceQuanta);
  scenario.instruments.forEach(({ trading }, i) => {
    const was = before.scenario.instruments[i]!.trading ?? PLAIN_RULES;
    if (trading !== was) simulation.venue.changeRules(i, was);
  });
  if (house.engineOff) return;
  if (other.ladder) {
    const { stage } = ledger.accounts;
    for (let account = 0; account < stage.length; account++) {
      if (stage[account] === 0 || !house.reenter(queue.now, account)) continue;
      breaches.look(account, queue.now + scenario.latency.liquidation_us);
    }
  }
  if (other.margin || other.ladder) breaches.reviewAll(NO_INSTRUMENT);
}

/** The insurance fund gets so many quanta more; less than nothing is taken out as far as there is money. */
export function changeFund({ ledger }: Simulation, quanta: number): void {
  const most = Math.max(0, ledger.accounts.quote[INSURANCE]!);
  if (quanta !== 0) ledger.mint(INSURANCE, Math.max(quanta, -most));
}

/** No shock does anything any more. */
export function takeBackShocks({ queue }: Simulation): void {
  takeBack(queue.columns.kind, (row) => queue.columns.kind[row] === SHOCK_STEP);
}

/**
 * Agents leave: their orders are cancelled, commands and answers that are on their way are taken back, and they neither
 * wake nor answer again. What they hold stays theirs.
 */
export function sendAway(simulation: Simulation, isOut: (account: number) => boolean): void {
  const { tables, queue, venue, ledger } = simulation;
  const { kind, subject } = queue.columns;
  takeBack(kind, (row) => OF_AGENTS.has(kind[row]!) && isOut(subject[row]!));
  const { gone } = tables.agents;
  for (let agent = 0; agent < gone.length; agent++) {
    const account = FIRST_TRADER + agent;
    if (!isOut(account)) continue;
    gone[agent] = 1;
    for (let i = 0; i < ledger.instruments; i++) venue.cancelAll(account, i);
  }
}

/** Rows that are free may be among them; they get their kind when they are used. */
function takeBack(kind: Int32Array, isMeant: (row: number) => boolean): void {
  for (let row = 0; row < kind.length; row++) if (isMeant(row)) kind[row] = VOID;
}

function restartMargin({ tables, queue, ledger, house, marginClock }: Simulation): void {
  const { kind } = queue.columns;
  takeBack(kind, (row) => kind[row] === MARGIN_UPDATE);
  tables.margin.value.fill(0);
  ledger.marks.forEach((mark, instrument) => {
    house.rules.margin.changes.reset?.(instrument, mark);
    marginClock.prepare(instrument);
  });
}

function restartWaterfall({ ledger, house, tables }: Simulation): void {
  for (const account of [VAULT, OWN_CAPITAL, DEFAULT_FUND]) {
    const most = Math.max(0, Math.min(ledger.worth(account), ledger.accounts.quote[account]!));
    ledger.mint(account, -most);
  }
  tables.members.contribution.fill(0);
  tables.members.assessable.fill(0);
  house.losses.open();
}
