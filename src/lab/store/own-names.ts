/**
 * Which names in a results folder are unwind's: what its order says that it writes. The folder was empty when the order was
 * written, so nothing of these names is anybody else's; nothing else is ever deleted.
 */
import { modelOf } from '../../models/index.ts';
import type { TableInfo } from '../../models/model.ts';
import { partName } from './parts.ts';
import { planOf } from '../plan/plan.ts';
import { COMPARISON, MANIFEST, POINTS, REPORT, lastFile } from './holding.ts';
import { JOURNAL } from './journal.ts';
import type { Order } from './order.ts';
import { HEADER, TEXT } from './order.ts';

export interface OwnNames {
  /** Files of a finished folder beside the parts. */
  readonly documents: ReadonlySet<string>;
  readonly parts: ReadonlySet<string>;
}

export function ownNames({ experiment, audited, only, design }: Order): OwnNames {
  const documents = new Set([HEADER, TEXT, JOURNAL, REPORT]);
  if (design !== undefined) return { documents: documents.add(lastFile(design)), parts: new Set([POINTS]) };
  const tables = tablesOf(experiment, audited);
  const batches = planOf(experiment, only);
  return {
    documents: documents.add(MANIFEST).add(COMPARISON),
    parts: new Set(batches.flatMap(({ index }) => tables.map((table) => partName(table, index)))),
  };
}

/** Tables of a run's folder. */
export function tablesOf(experiment: Order['experiment'], audited: readonly number[]): readonly TableInfo[] {
  const { tables, auditTables = [] } = modelOf(experiment);
  return audited.length === 0 ? tables : [...tables, ...auditTables];
}
