/**
 * The engine in the page: plays the worlds that the page asks for. One worker plays what is looked at, others make runs for
 * the histogram. A long job gives way now and then, so that a newer question of the same kind ends it.
 */
import { accountView, largestAccounts } from '../replay/account.ts';
import { forcedOrders } from '../replay/forced.ts';
import { logOf } from '../replay/log.ts';
import { momentOf } from '../replay/moment.ts';
import { Outcomes } from '../replay/outcome.ts';
import { partingOf } from '../replay/parting.ts';
import { Player } from '../replay/player.ts';
import { turned } from '../replay/turn.ts';
import { fromText } from '../replay/wire.ts';
import { pricesOf } from '../replay/prices.ts';
import type { Answer, Answered, Asked, Play, Played, Question, Which } from './protocol.ts';

type Experiment = Parameters<typeof turned>[0];

const LARGEST = 10;

let experiment: Experiment | undefined;
const players = new Map<Which, Player>();
/** Number of the latest question of a kind whose work takes long: earlier ones end. */
const latest = new Map<string, number>();

const scope = self as unknown as { postMessage: (message: Answered) => void };

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  void answer(data);
});

async function answer({ number, question }: Asked): Promise<void> {
  const say = (message: Answer, more = false): void => {
    scope.postMessage({ number, answer: message, more });
  };
  try {
    await work(question, number, say);
  } catch (error) {
    say({ error: error instanceof Error ? error.message : String(error) });
  }
}

async function work(
  question: Question,
  number: number,
  say: (answer: Answer, more?: boolean) => void,
): Promise<void> {
  switch (question.ask) {
    case 'experiment':
      experiment = fromText(question.text) as Experiment;
      say({ done: true });
      return;
    case 'play':
      await play(question.which, question.play, number, say);
      return;
    case 'moment':
      playerOf(question.which).seek(question.time_us);
      say({ moment: momentOf(playerOf(question.which).view, question.axis) });
      return;
    case 'step': {
      const player = playerOf(question.which);
      player.seekEvent(player.events + question.events);
      say({ moment: momentOf(player.view, question.axis) });
      return;
    }
    case 'account':
      say({ account: accountView(playerOf(question.which).view, question.account) });
      return;
    case 'largest': {
      const { view } = playerOf(question.which);
      say({
        accounts: largestAccounts(view, LARGEST).map((account) => accountView(view, account)),
      });
      return;
    }
    case 'parting':
      say({ parting: partingOf(playerOf('main'), playerOf('other')) });
      return;
    case 'batch':
      await batch(question.play, question.from, question.runs, number, say);
  }
}

async function play(
  which: Which,
  { settings, ...script }: Play,
  number: number,
  say: (answer: Answer, more?: boolean) => void,
): Promise<void> {
  const key = `play ${which}`;
  latest.set(key, number);
  const begun = performance.now();
  const rehearsal = Player.rehearse({ experiment: experimentWith(settings), ...script });
  let told = begun;
  for (;;) {
    const { done, value } = rehearsal.next();
    if (done === true) {
      players.set(which, value);
      say({ played: played(value, performance.now() - begun) });
      return;
    }
    if (performance.now() - told < 50) continue;
    told = performance.now();
    say({ share: value }, true);
    await otherMessages();
    if (latest.get(key) !== number) {
      say({ done: true });
      return;
    }
  }
}

function played(player: Player, took_ms: number): Played {
  const { view, track, hash, events, until_us, shock_us, script } = player;
  return {
    track,
    log: logOf(view, pricesOf(script.experiment.venues[view.venue.number]!.instruments)),
    forced: forcedOrders(view),
    hash,
    events,
    until_us,
    shock_us,
    took_ms,
  };
}

async function batch(
  { policy, shock, settings, fork }: Play,
  from: number,
  runs: number,
  number: number,
  say: (answer: Answer, more?: boolean) => void,
): Promise<void> {
  latest.set('batch', number);
  const outcomes = new Outcomes(experimentWith(settings), policy, shock, fork);
  for (let run = from; run < from + runs; run++) {
    say({ run, outcome: outcomes.of(run) }, true);
    await otherMessages();
    if (latest.get('batch') !== number) break;
  }
  say({ done: true });
}

function experimentWith(settings: Play['settings']): Experiment {
  if (experiment === undefined) throw new Error('the page has sent no experiment');
  return settings === undefined ? experiment : turned(experiment, settings);
}

function playerOf(which: Which): Player {
  const player = players.get(which);
  if (player === undefined) throw new Error(`the world ${which} has not been made`);
  return player;
}

/** Lets messages in that wait. */
function otherMessages(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
