/** `unwind bench`: what this machine makes of the engine, on one core, in one process, as plain data. */
import { availableParallelism, cpus, totalmem } from 'node:os';
import { inlineMore } from '../../lab/work/engine-flags.ts';
import type { Engine } from './drivers.ts';
import type { FlowName } from './flows.ts';
import { measureLab } from './lab.ts';
import { accountCounts, measureCrossed, measureLoop, measureTraders } from './loop.ts';
import { measureAlternating, measureMatching } from './matching.ts';
import { collectGarbage } from './measure.ts';
import { measureAllocation, measureLarge, measureSnapshot } from './memory.ts';
import type { BenchReport, Machine } from './report.ts';
import { measurePeers } from './peer.ts';
import { measureSolvable } from './solvable.ts';

export { formatBench } from './format.ts';
export type { BenchReport } from './report.ts';

interface BenchOptions {
  /** Shorter flows, fewer repetitions, no million accounts. */
  readonly quick: boolean;
  readonly progress: (text: string) => void;
}

export async function runBench({ quick, progress }: BenchOptions): Promise<BenchReport> {
  inlineMore(); // as the workers do
  const begin = performance.now();
  const machine = thisMachine();
  const repetitions = quick ? 2 : 5;
  const measure = (engine: Engine, name: FlowName, short: number) => {
    progress(`${engine}, ${name} flow`);
    const result = measureMatching(engine, name, quick ? short : undefined, repetitions);
    collectGarbage();
    return result;
  };
  const mixed = measure('exchange', 'mixed', 500_000);
  const crash = measure('exchange', 'crash', 50_000);
  progress('exchange, eight worlds');
  const alternating = measureAlternating('exchange', quick ? 50_000 : 500_000, repetitions);
  collectGarbage();
  const book_flows = { mixed: measure('book', 'mixed', 500_000), crash: measure('book', 'crash', 50_000) };
  const loop = measureLoop(quick, progress);
  collectGarbage();
  progress('heap allocation');
  const allocation = await measureAllocation(quick);
  collectGarbage();
  const traders = measureTraders(quick, progress);
  collectGarbage();
  const crossed = measureCrossed(quick, progress);
  collectGarbage();
  progress('memory');
  const snapshot = measureSnapshot();
  const large = measureLarge(accountCounts(quick).at(-1)!);
  collectGarbage();
  progress('solvable cascade');
  const solvable = measureSolvable(quick);
  collectGarbage();
  const lab = await measureLab(quick, progress);
  progress('another order book');
  const peers = await measurePeers(quick);
  const seconds = (performance.now() - begin) / 1000;
  return {
    quick,
    machine,
    flows: { mixed, crash },
    book_flows,
    alternating,
    peers,
    loop: { ...loop, traders, crossed },
    snapshot,
    large,
    allocation,
    solvable,
    lab,
    seconds,
  };
}

function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory_bytes: totalmem(),
    node: process.version,
    date: new Date().toISOString(),
  };
}
