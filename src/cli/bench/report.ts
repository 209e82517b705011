/** What the bench reports: plain data, the same as JSON and as the source of the table. */
import type { FlowName } from './flows.ts';
import type { LabResult } from './lab.ts';
import type { LoopReport } from './loop.ts';
import type { AlternatingResult, MatchingResult } from './matching.ts';
import type { AllocationResult, LargeResult, SnapshotResult } from './memory.ts';
import type { PeerResult } from './peer.ts';
import type { SolvableResult } from './solvable.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memory_bytes: number;
  readonly node: string;
  /** ISO 8601. */
  readonly date: string;
}

export interface BenchReport {
  readonly quick: boolean;
  readonly machine: Machine;
  /** Through the commands of the exchange. */
  readonly flows: Readonly<Record<FlowName, MatchingResult>>;
  /** Through the bare book under it. */
  readonly book_flows: Readonly<Record<FlowName, MatchingResult>>;
  readonly alternating: AlternatingResult;
  /** Side by side with another engine; empty where that is not installed. */
  readonly peers: readonly PeerResult[];
  readonly loop: LoopReport;
  readonly snapshot: SnapshotResult;
  readonly large: LargeResult;
  readonly allocation: AllocationResult;
  readonly solvable: SolvableResult;
  readonly lab: LabResult;
  /** How long all of it took. */
  readonly seconds: number;
}
