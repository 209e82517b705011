/** Where the page begins: reads what it was made for, and shows it. What goes wrong is said in the page. */
import { readPageData } from './data.ts';
import { el } from './dom.ts';
import { Laboratory } from './laboratory.ts';
import { Replay } from './replay.ts';

const root = document.getElementById('unwind')!;

function fail(error: unknown): void {
  root.prepend(
    el('p', { class: 'error', role: 'alert' }, error instanceof Error ? error.message : String(error)),
  );
}

addEventListener('unhandledrejection', ({ reason }) => {
  fail(reason);
});

try {
  const data = readPageData();
  document.title = data.title;
  root.append(
    el('header', { class: 'top' }, [el('h1', {}, data.question), el('p', { class: 'quiet' }, data.command)]),
  );
  const view = data.kind === 'replay' ? new Replay(data) : new Laboratory(data);
  root.append(view.element);
  view.begin().catch(fail);
} catch (error) {
  fail(error);
}
