/**
 * Modules are read a few at a time. Node opens all files of an import at once, some hundred here, which a shell with a low
 * limit of open files (`ulimit -n`) refuses. To be imported first, and alone, by what starts a process or a thread.
 */
import promises from 'node:fs/promises';

/** A process has about 20 files open before it opens any of its own. */
const MOST = 6;

const { readFile } = promises;
let reading = 0;
const waiting: (() => void)[] = [];

// What Node's own loader calls. Where it does not, nothing is lost: too low a limit is then told in a line.
promises.readFile = (async (...call: Parameters<typeof readFile>) => {
  if (reading >= MOST) await new Promise<void>((go) => waiting.push(go));
  else reading++;
  try {
    return await readFile(...call);
  } finally {
    const next = waiting.shift();
    if (next === undefined) reading--;
    else next();
  }
}) as typeof readFile;
