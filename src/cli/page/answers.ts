/** What figures ask the tables of a folder, answered by the database, one question after the other. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../../report/figures/figure.ts';
import type { Row } from '../../report/results.ts';
import type { AskedTable } from '../query/database.ts';
import { ask } from '../query/database.ts';
import type { StoredTable } from '../query/folder-tables.ts';
import { filesOf, storedTables } from '../query/folder-tables.ts';
import { questionAt } from './venue-cells.ts';

export interface Answers {
  /** Rows for each figure with a question, by its name; none for one whose tables the folder does not have, or not the files of. */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  /** What the tables were asked for them. */
  readonly asked: ReadonlyMap<string, string>;
  /** Figures whose tables have more rows than are read. */
  readonly tooLong: readonly string[];
}

/** `venues`: names, of several; `most`: rows of a question's tables. Throws OutputError where a file of the folder is damaged. */
export async function answersTo(
  folder: string,
  figures: readonly Figure[],
  venues: readonly string[],
  most = Infinity,
): Promise<Answers> {
  const rows = new Map<string, readonly Row[]>();
  const asked = new Map<string, string>();
  const tooLong: string[] = [];
  const asking = figures.filter(({ question }) => question !== undefined);
  if (asking.length === 0) return { rows, asked, tooLong };
  const { tables } = storedTables(folder);
  const files = new Map<string, readonly string[]>();
  for (const { id, question } of asking) {
    const needed = question!.tables.map((name) => tables.find((table) => table.name === name));
    if (!needed.every((table) => table !== undefined)) continue;
    if (!needed.every((table) => hasFiles(folder, table))) continue;
    if (rowsIn(needed) > most) {
      tooLong.push(id);
      continue;
    }
    const withFiles = needed.map((table) => {
      if (!files.has(table.name)) files.set(table.name, filesOf(folder, table));
      return { ...table, files: files.get(table.name)! };
    });
    const sql = questionAt(question!, withFiles, venues);
    asked.set(id, sql);
    rows.set(id, await answer(folder, withFiles, sql));
  }
  return { rows, asked, tooLong };
}

async function answer(folder: string, tables: readonly AskedTable[], sql: string): Promise<Row[]> {
  const rows: Row[] = [];
  await ask(folder, tables, sql, async ({ columns, rows: all }) => {
    for await (const some of all)
      for (const row of some) rows.push(Object.fromEntries(columns.map((name, i) => [name, row[i]!])));
  });
  return rows;
}

/** Some of them: what then lacks is damage, and told of by whoever reads them. */
function hasFiles(folder: string, { parts }: StoredTable): boolean {
  return parts.some(({ file }) => existsSync(join(folder, file)));
}

function rowsIn(tables: readonly StoredTable[]): number {
  return tables.reduce((sum, { parts }) => sum + parts.reduce((all, part) => all + part.rows, 0), 0);
}
