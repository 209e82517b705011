// The audit journal of a scenario, recorded and replayed in memory, without files: for scenarios drawn from a seed.
import { Difference } from '../../src/audit/difference.ts';
import type { Journal } from '../../src/audit/journal.ts';
import { Row } from '../../src/audit/row.ts';
import type { Terms } from '../../src/audit/terms.ts';
import { replayOf } from '../../src/audit/verify.ts';
import { expandSeed } from '../../src/core/seed.ts';
import { assetTerms, contractTerms } from '../../src/lab/store/audit-terms.ts';
import { auditTables } from '../../src/models/market/audit-tables.ts';
import { marketTables } from '../../src/models/market/tables/index.ts';
import type { JournalRow } from '../../src/sim/observe/journal/journal.ts';
import { Recorder } from '../../src/sim/observe/journal/recorder.ts';
import { ladderOf, policyFiles, policySchema } from '../../src/clearing/policy/policy.ts';
import type { Scenario } from '../../src/sim/scenario/scenario.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import { PLAIN_RULES } from '../../src/sim/terms/trading-rules.ts';
import type { WrittenPolicy } from '../sim/by-hand.ts';

export interface Recording {
  readonly terms: Terms;
  /** By table, in the order of their writing. */
  readonly rows: Map<string, JournalRow[]>;
}

/** Records a run up to `until` (µs). */
export function record(scenario: Scenario, policy: WrittenPolicy, seed: string, until: number): Recording {
  const rows = new Map<string, JournalRow[]>();
  const write = (table: string, row: JournalRow): void => {
    const written = rows.get(table) ?? [];
    rows.set(table, written);
    written.push(row);
  };
  const simulation = new Simulation(scenario);
  const recorder = new Recorder(simulation, (_venue, table, row) => {
    write(table, row);
  });
  recorder.start(expandSeed(seed));
  recorder.finish(until);
  writeResults(simulation, write);
  return { terms: termsOf(scenario, policy, until), rows };
}

/** Replays what was recorded; returns the first difference, if there is one, and what was checked. */
export function replay({ terms, rows }: Recording): {
  difference: Difference | undefined;
  counts: ReadonlyMap<string, number>;
  skipped: readonly string[];
} {
  const audited = replayOf(terms, 'p');
  let difference: Difference | undefined;
  try {
    audited.run(journalOf(rows));
  } catch (error) {
    if (!(error instanceof Difference)) throw error;
    difference = error;
  }
  return { difference, counts: audited.counts, skipped: audited.skipped };
}

function journalOf(rows: Recording['rows']): Journal {
  const tables = [...auditTables, ...marketTables];
  return new Map(
    [...rows].map(([table, written]) => {
      const names = tables.find(({ name }) => name === table)!.columns.map(({ name }) => name);
      const columns = new Map(names.map((name, i) => [name, i]));
      const values = (row: JournalRow) => names.map((name) => row[name]);
      return [table, written.map((row, place) => new Row(table, table, place, columns, values(row)))];
    }),
  );
}

function termsOf(scenario: Scenario, written: WrittenPolicy, until_us: number): Terms {
  const policy = policySchema.parse(written);
  const tiers = policyFiles(policy).filter(({ kind }) => kind === 'tiers');
  const terms = {
    runs: [0],
    until_us,
    quanta_per_unit: scenario.quantaPerUnit,
    latencies: { p: scenario.venues[0]!.latency },
    instruments: scenario.venues[0]!.instruments.map(({ name, contract, lot }) => ({
      name,
      ...contractTerms(contract),
      lot: lot ?? 1,
    })),
    assets: (scenario.venues[0]!.assets ?? []).map(assetTerms),
    policies: { p: { ...policy, ladder: ladderOf(policy) } },
    trading: { p: scenario.venues[0]!.instruments.map(({ trading }) => trading ?? PLAIN_RULES) },
    tiers: Object.fromEntries(tiers.map(({ file }) => [file, scenario.data(file)])),
  };
  // As a manifest keeps it.
  return JSON.parse(JSON.stringify(terms)) as Terms;
}

/** The two tables of the results that the audit holds against the journal. */
function writeResults(
  { only: { house }, scenario }: Simulation,
  write: (table: string, row: JournalRow) => void,
): void {
  const { liquidations: l, losses } = house;
  const money = (quanta: number): number => quanta / scenario.quantaPerUnit;
  for (let row = 0; row < house.liquidationCount; row++) {
    write('liquidations', {
      row,
      parent: l.parent[row]!,
      root: l.root[row]!,
      generation: l.generation[row]!,
      account: l.account[row]!,
      instrument: l.instrument[row]!,
      time_s: l.time_us[row]! / 1e6,
      lots: l.lots[row]!,
      filled: l.filled[row]!,
      notional: money(l.notional[row]!),
      fee: money(l.fee[row]!),
      insured: money(l.insured[row]!),
      shared: money(l.shared[row]!),
      written_off: money(l.written_off[row]!),
    });
  }
  const { log } = losses;
  for (let row = 0; row < losses.count; row++) {
    write('losses', {
      liquidation: log.liquidation[row]!,
      time_s: log.time_us[row]! / 1e6,
      account: log.account[row]!,
      borne: money(log.quanta[row]!),
      lots: log.lots[row]!,
      price: log.price[row]!,
    });
  }
}
