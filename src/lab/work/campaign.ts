/**
 * The course of an experiment: which batch is next, what is done, and when it is enough. Batches of a round may end in
 * any order; whether there is another round is decided on the rounds before it alone, never on who is done first, or
 * runs that end early would count more than those that take long.
 */
import type { BatchResult } from './batch.ts';
import type { Feed } from './feed.ts';
import type { Batch } from '../plan/plan.ts';
import type { Failure } from './runs.ts';
import type { Stop } from '../plan/plan.ts';
import type { BatchRecord } from '../store/journal.ts';

export interface CampaignOptions {
  readonly plan: readonly Batch[];
  /** A text for each cell, the same for cells whose runs have the same past; left out: none has. */
  readonly pasts?: readonly string[] | undefined;
  /** What was done before, by another process. */
  readonly records?: readonly BatchRecord[] | undefined;
  /** No round begins after so long, s. */
  readonly budget_s?: number | undefined;
  /** Whether the rounds whose records these are, the first ones, are enough. */
  readonly isEnough: (records: readonly BatchRecord[]) => boolean;
  /** Where it ended, if that is known already. */
  readonly stop?: Stop | undefined;
  /** Seconds since this process began. */
  readonly clock: () => number;
  readonly onRecord: (record: BatchRecord, failures: readonly Failure[]) => void;
}

/** How many rounds may be under way that a decision may turn out not to need. */
const ROUNDS_AHEAD = 1;

export class Campaign implements Feed<Batch, BatchResult> {
  readonly #options: CampaignOptions;
  readonly #records = new Map<number, BatchRecord>();
  readonly #rounds: Batch[][] = [];
  /** Of each round, what nobody has been given. */
  readonly #left: Batch[][] = [];
  /** Of each round, how many are not done. */
  readonly #missing: number[] = [];
  /** Rounds from the first on that are complete, and were looked at. */
  #complete = 0;
  #stop: Stop | undefined;
  /** Time at the last record, over all processes: decisions follow from what is written. */
  #seconds = 0;
  readonly #before: number;

  constructor(options: CampaignOptions) {
    this.#options = options;
    this.#stop = options.stop;
    for (const record of options.records ?? []) {
      this.#records.set(record.batch, record);
      this.#seconds = Math.max(this.#seconds, record.seconds);
    }
    this.#before = this.#seconds;
    for (const batch of options.plan) (this.#rounds[batch.round] ??= []).push(batch);
    this.#rounds.forEach((round, i) => {
      this.#left[i] = round.filter(({ index }) => !this.#records.has(index));
      this.#missing[i] = this.#left[i].length;
    });
    this.#look();
  }

  /** Rounds that count, and why no more. Before the end of the campaign undefined. */
  get stop(): Stop | undefined {
    return this.#stop;
  }

  /** At work until the last batch that is done, over all processes. */
  get seconds(): number {
    return this.#seconds;
  }

  get isOver(): boolean {
    return this.#stop !== undefined && this.#complete >= this.#stop.rounds;
  }

  /** Of the rounds that count, in the order of the plan; of all that is done before the end. */
  get records(): BatchRecord[] {
    const rounds = this.#stop?.rounds ?? this.#rounds.length;
    return this.#recordsOf(rounds);
  }

  /** Batches that are done and do not count. */
  get surplus(): BatchRecord[] {
    const counted = new Set(this.records);
    return [...this.#records.values()].filter((record) => !counted.has(record));
  }

  /** A worker goes on with runs whose past it has, then with the cell whose world it has, then takes one that nobody has begun. */
  next(last: Batch | undefined): Batch | undefined {
    for (let round = this.#complete; round < this.#rounds.length; round++) {
      if (this.#stop !== undefined && round >= this.#stop.rounds) return undefined;
      if (round > this.#complete + ROUNDS_AHEAD || !this.#mayBegin(round)) return undefined;
      const left = this.#left[round]!;
      if (left.length === 0) continue;
      const index = choose(left, this.#rounds[round]!.length, last, this.#options.pasts);
      return left.splice(index, 1)[0];
    }
    return undefined;
  }

  done(batch: Batch, { parts, failures }: BatchResult): void {
    const lost = failures.map(({ run, name, message }) => ({ cell: batch.cell, run, name, message }));
    this.#add(batch, parts, lost, failures);
  }

  #add(
    batch: Batch,
    parts: BatchRecord['parts'],
    lost: BatchRecord['lost'],
    failures: readonly Failure[],
  ): void {
    this.#seconds = this.#before + this.#options.clock();
    const record = { batch: batch.index, seconds: this.#seconds, parts, lost };
    this.#records.set(batch.index, record);
    this.#missing[batch.round]!--;
    this.#options.onRecord(record, failures);
    this.#look();
  }

  /** Decides after each complete round, in their order. */
  #look(): void {
    const end = (): number => this.#stop?.rounds ?? this.#rounds.length;
    while (this.#complete < end() && this.#missing[this.#complete] === 0) {
      this.#complete++;
      const decided = this.#stop !== undefined || this.#complete === this.#rounds.length;
      if (!decided && this.#options.isEnough(this.#recordsOf(this.#complete)))
        this.#stop = { rounds: this.#complete, because: 'half_width' };
    }
    if (this.#complete === this.#rounds.length) this.#stop ??= { rounds: this.#complete, because: 'runs' };
  }

  /** After the time no round begins; one that has begun is finished, or long runs would count less. */
  #mayBegin(round: number): boolean {
    const { budget_s = Infinity } = this.#options;
    const hasBegun = this.#left[round]!.length < this.#rounds[round]!.length;
    if (round === 0 || hasBegun || this.#seconds < budget_s) return true;
    this.#stop ??= { rounds: round, because: 'time' };
    return false;
  }

  #recordsOf(rounds: number): BatchRecord[] {
    return this.#rounds
      .slice(0, rounds)
      .flatMap((round) => round.flatMap(({ index }) => this.#records.get(index) ?? []));
  }
}

function choose(
  left: readonly Batch[],
  whole: number,
  last: Batch | undefined,
  pasts: readonly string[] | undefined,
): number {
  const pastOf = (cell: number): string => pasts?.[cell] ?? String(cell);
  if (last !== undefined) {
    const sharing = left.findIndex((one) => pastOf(one.cell) === pastOf(last.cell) && overlap(one, last));
    if (sharing >= 0) return sharing;
    const next = left.findIndex(({ cell, first }) => cell === last.cell && first > last.first);
    if (next >= 0) return next;
    const same = left.findLastIndex(({ cell }) => pastOf(cell) === pastOf(last.cell));
    if (same >= 0) return same;
  }
  if (left.length === whole) return 0;
  // A past that nobody has begun still has its first batch; else that with most left.
  const counts = new Map<string, number>();
  for (const { cell } of left) counts.set(pastOf(cell), (counts.get(pastOf(cell)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  // Its last runs: whoever has begun it comes to them last.
  return left.findLastIndex(({ cell }) => counts.get(pastOf(cell)) === most);
}

function overlap(a: Batch, b: Batch): boolean {
  return a.first < b.first + b.count && b.first < a.first + a.count;
}
