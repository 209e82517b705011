/** Entry of a worker thread: a shim, so that everything it does can be called and tested without one. */
import { closeGlobals, pauseAtMost, shared } from './lab/work/guard.ts'; // first: before any trader's code
import { types } from 'node:util';
import { workerData } from 'node:worker_threads';
import { agentKinds } from './models/agent-kinds.ts';
import { loadAll } from './models/plug-ins/load.ts';
import type { PlugInCode } from './models/plug-ins/code.ts';
import { Rng } from './core/rng.ts';
import { Birth } from './sim/agent/birth.ts';
import { Market } from './sim/agent/market.ts';
import { Sight } from './sim/agent/sight.ts';
import { Me, Turn } from './sim/agent/me.ts';
import { Offer } from './sim/agent/offer.ts';
import { batchTask } from './lab/work/batch.ts';
import { pointTask } from './design/points/point-runs.ts';
import { factsTask } from './lab/scorecard/facts-task.ts';
import { forkTask } from './lab/fork-task.ts';
import { responseTask } from './lab/scorecard/response-task.ts';
import { readThrown } from './lab/work/thrown.ts';
import type { Answer, Assignment, TaskName, WorkerInput } from './lab/work/protocol.ts';
import { Board } from './lab/work/board.ts';
import type { RunWatch } from './lab/work/watch.ts';
import { watchOn } from './lab/work/watch.ts';

/** Does one job after another. */
type Task = (job: never, watch: RunWatch) => Promise<unknown>;

/** What workers can do: from the input of a pool to what is done with its jobs. A new task is one line, and its name in protocol.ts. */
const tasks = {
  batch: batchTask,
  point: pointTask,
  facts: factsTask,
  fork: forkTask,
  response: responseTask,
} as const satisfies Readonly<Record<TaskName, (input: never) => Task>>;

const { task, input, board: buffer, delay_ms } = workerData as WorkerInput;
// What an experiment brings, before anything asks for it by name, and while its code may still do what runs may not.
type WithPlugIns = { readonly plugIns?: readonly PlugInCode[] };
const given = input as (WithPlugIns & { readonly experiment?: WithPlugIns }) | undefined;
loadAll((given?.experiment ?? given)?.plugIns);

/** What traders are handed, and are: runs share it. */
const handed: Readonly<Record<string, unknown>> = {
  ...{ Market, Sight, Rng, Me, Turn, Birth, Offer },
  ...Object.fromEntries(agentKinds.all.map((agent) => [`the kind ${agent.kind}`, agent])),
};

const board = new Board(buffer);
const work = tasks[task](input as never) as Task;
closeGlobals();
for (const [name, value] of Object.entries(handed)) shared.add(name, value);

export default async function answer(assignment: Assignment): Promise<Answer> {
  try {
    return { ok: true, result: await work(assignment.job as never, watchOn(board, assignment)) };
  } catch (error) {
    const code = types.isNativeError(error) ? (error as NodeJS.ErrnoException).code : undefined;
    return { ok: false, ...readThrown(error), code };
  } finally {
    board.end(assignment.worker);
    await pauseAtMost(delay_ms);
  }
}
