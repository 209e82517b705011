/**
 * How traders come into the world: their parameters are drawn, their accounts set up, their first wakes scheduled. Most are
 * there from the start; some kinds let the next one wait until a mark comes near enough to matter (birth.ts).
 */
import { invariant } from '../../core/errors.ts';
import type { EventQueue } from '../../core/queue.ts';
import type { Rng } from '../../core/rng.ts';
import type { RunKey } from '../../core/seed.ts';
import { deriveStream, hashName } from '../../core/seed.ts';
import { SECOND } from '../../core/units.ts';
import { Birth } from '../agent/birth.ts';
import { NO_FILL, NO_INSTRUMENT } from '../venue/breaches.ts';
import type { Venue } from '../venue/venue.ts';
import { draw } from '../agent/distribution.ts';
import { WAKE } from '../terms/events.ts';
import { PURPOSE } from '../terms/purposes.ts';
import type { Turn } from '../agent/me.ts';
import type { Registry } from '../agent/registry.ts';
import type { Layout } from '../scenario/layout.ts';
import { registeredAt } from '../scenario/scenario.ts';
import type { CommonTables } from '../scenario/tables.ts';
import type { Group } from './groups.ts';
import { pointAt } from './groups.ts';

export class Births {
  private readonly groups: readonly Group[];
  private readonly venues: readonly Venue[];
  private readonly tables: CommonTables;
  private readonly columns: CommonTables['groups'];
  private readonly streams: Layout['streams'];
  private readonly queue: EventQueue;
  private readonly rng: Rng;
  private readonly turn: Turn;
  /** By venue: what an agent can do there when it is born. */
  private readonly births: readonly Birth[];

  /** `queue`: that of the world, whose time it is. */
  constructor(
    groups: readonly Group[],
    venues: readonly Venue[],
    registry: Registry,
    layout: Layout,
    tables: CommonTables,
    queue: EventQueue,
    rng: Rng,
    turn: Turn,
  ) {
    this.groups = groups;
    this.venues = venues;
    this.tables = tables;
    this.columns = tables.groups;
    this.streams = layout.streams;
    this.queue = queue;
    this.rng = rng;
    this.turn = turn;
    const births: Birth[] = [];
    for (const { house, number } of venues) births.push(new Birth(house, number, registry, births));
    this.births = births.map((birth) => Object.preventExtensions(birth));
  }

  /** A group at the start of a run. Marks must be set. */
  populate(key: RunKey, index: number): void {
    const group = this.groups[index]!;
    const { born, carry, next } = this.columns;
    const { ledger, spec } = group.venue;
    this.drawParams(key, group);
    born[index] = 0;
    carry[index] = 0;
    next[index] = Infinity;
    this.bearAll(key, index, ledger.marks[group.spec.instrument]!);
    invariant(
      born[index] === group.spec.count || spec.latency.mark_us > 0,
      `agents of ${group.kind.kind} are born when a mark is about to be published, so the mark needs a latency`,
    );
  }

  /** When all groups are there: watches the accounts whose deposits depend on each other. */
  review(): void {
    this.groups.forEach((group) => {
      for (const v of registeredAt(group.spec)) {
        const venue = this.venues[v]!;
        if (!depositsCount(venue)) continue;
        for (let i = 0; i < group.spec.count; i++) reviewAt(venue, group, group.firstAccount + i);
      }
    });
  }

  /** A mark (ticks) is about to be published at a venue: bears those who wait for it. */
  expect(key: RunKey, venue: number, instrument: number, mark: number): void {
    const { born, next } = this.columns;
    for (let index = 0; index < this.groups.length; index++) {
      const { spec, venue: home } = this.groups[index]!;
      if (
        born[index]! < spec.count &&
        mark <= next[index]! &&
        spec.instrument === instrument &&
        home.number === venue
      )
        this.bearAll(key, index, mark);
    }
  }

  /** From here on the agents' luck in their wakes follows from another key. */
  branch(key: RunKey): void {
    const { streams } = this.tables;
    this.groups.forEach(({ kind, hash, spec, firstAgent }, index) => {
      if (kind.wake === undefined) return;
      const first = this.streams.agents + firstAgent;
      const born = this.columns.born[index]!;
      for (let i = 0; i < born && i < spec.count; i++)
        deriveStream(key, hash, i, PURPOSE.wake, streams, first + i);
    });
  }

  /** Bears agents of a group until the next one waits for a mark below this one (ticks). */
  private bearAll(key: RunKey, index: number, mark: number): void {
    const group = this.groups[index]!;
    const { born, carry, next } = this.columns;
    const birth = this.births[group.venue.number]!;
    const { count } = group.spec;
    birth.goOn(carry[index]!);
    let i = born[index]!;
    while (i < count && !birth.isOver(mark)) this.bear(key, group, i++);
    born[index] = birth.complete ? count : i;
    carry[index] = birth.carry;
    next[index] = birth.next;
  }

  /** Sets up an agent. */
  private bear(key: RunKey, group: Group, i: number): void {
    const { kind, spec } = group;
    const account = group.firstAccount + i;
    const stream = this.streams.agents + group.firstAgent + i;
    const { streams } = this.tables;
    const at = registeredAt(spec);
    for (const v of at) this.venues[v]!.tables.accounts.margined[account] = kind.margined === true ? 1 : 0;
    pointAt(this.turn, group, account);
    if (kind.born !== undefined) {
      deriveStream(key, group.hash, i, PURPOSE.birth, streams, stream);
      const birth = this.births[group.venue.number]!;
      birth.account = account;
      birth.instrument = spec.instrument;
      kind.born(group.me, birth, this.rng.at(stream));
    }
    for (const v of at) {
      const venue = this.venues[v]!;
      if (!depositsCount(venue) || this.queue.now > 0) reviewAt(venue, group, account);
    }
    if (kind.wake === undefined) return;
    deriveStream(key, group.hash, i, PURPOSE.wake, streams, stream);
    if (kind.clock === 'shared') return;
    // First wakes are spread over one second, so that regular agents are not in step.
    const first = Math.floor(this.rng.at(stream).uniform() * SECOND);
    group.venue.queue.schedule(this.queue.now + first, WAKE, account, 0);
  }

  private drawParams(key: RunKey, group: Group): void {
    const { scratch } = this.streams;
    const { spec, kind, firstRow } = group;
    for (const name of kind.paramNames) {
      const column = paramColumn(group, name);
      const distribution = spec.params[name]!;
      if (distribution.kind === 'constant') {
        column.fill(distribution.value, firstRow, firstRow + spec.count);
        continue;
      }
      const purpose = hashName(name);
      for (let i = 0; i < spec.count; i++) {
        deriveStream(key, group.hash, i, purpose, this.tables.streams, scratch);
        column[firstRow + i] = draw(distribution, this.rng.at(scratch));
      }
    }
    if (spec.totalSize !== undefined)
      scaleTo(paramColumn(group, 'size'), firstRow, spec.count, spec.totalSize, spec.params['size']!.max);
  }
}

/** Assets are deposited one by one, and what they count for depends on all of them: who is in breach shows at the end. */
function depositsCount({ ledger }: Venue): boolean {
  return ledger.collateral.count > 0;
}

/** An account is looked at; away from home for what it has there in all. */
function reviewAt(venue: Venue, group: Group, account: number): void {
  const instrument = venue === group.venue ? group.spec.instrument : NO_INSTRUMENT;
  venue.breaches.review(account, instrument, NO_FILL);
}

function paramColumn({ me, kind }: Group, name: string): Float64Array | Int32Array {
  return me.columns[kind.paramNames.indexOf(name)]!;
}

/**
 * Scales rows of a column to integers (at least 1, at most `most`) that sum to about `total`: by one factor for all that
 * stay below the limit. Where the limit leaves room for less than the total, all are at it.
 */
function scaleTo(
  column: Float64Array | Int32Array,
  first: number,
  count: number,
  total: number,
  most = Infinity,
): void {
  let sum = 0;
  for (let i = first; i < first + count; i++) sum += column[i]!;
  if (!(sum > 0)) return;
  let factor = total / sum;
  // Each round, those above the limit come to it, and the others share what is left; ends when nobody new is.
  for (let capped = -1; ;) {
    let above = 0;
    let free = 0;
    for (let i = first; i < first + count; i++) {
      if (column[i]! * factor > most) above++;
      else free += column[i]!;
    }
    if (above === 0 || above === capped || free === 0) break;
    capped = above;
    factor = Math.max(factor, (total - above * most) / free);
  }
  for (let i = first; i < first + count; i++) {
    column[i] = Math.max(1, Math.min(Math.round(most), Math.round(column[i]! * factor)));
  }
}
