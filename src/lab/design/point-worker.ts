/** Entry of a worker thread that runs points of a design: the experiment with some settings changed, some of its runs. */
import { workerData } from 'node:worker_threads';
import { inlineMore } from '../engine-flags.ts';
import type { PointInput, PointResult, PointTask } from './point-runs.ts';
import { runPoint } from './point-runs.ts';

inlineMore();

export default function work(task: PointTask): PointResult {
  return runPoint(workerData as PointInput, task);
}
