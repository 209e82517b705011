/** A detail table of the market: one file each, in tables/. */
import type { TableInfo } from '../model.ts';
import type { MarketRun } from './market-run.ts';

/** Appends a row: the columns of the table after those that name the cell and the run. */
export type AddRow = (row: readonly (number | string | boolean)[]) => void;

export interface DetailTable {
  /** Its columns without those that name the cell and the run. */
  readonly info: TableInfo;
  /** Just before the first shock. */
  atShock?(run: MarketRun, add: AddRow): void;
  /** When the run is over. */
  atEnd?(run: MarketRun, add: AddRow): void;
}
