/** The page's side of a worker: questions as promises. */
import { textOf } from './data.ts';
import type { Answer, Answered, Asked, Question } from './protocol.ts';

type Waiting = { readonly more: (answer: Answer) => void; readonly end: (answer: Answer) => void };

export class Engine {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  /** `onCrash`: is told when the worker itself fails. */
  constructor(onCrash: (message: string) => void) {
    // A worker from the page's own text: the page needs no server, and asks nobody.
    const url = URL.createObjectURL(new Blob([textOf('unwind-worker')], { type: 'text/javascript' }));
    this.#worker = new Worker(url);
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
      const waiting = this.#waiting.get(data.number);
      if (data.more) waiting?.more(data.answer);
      else {
        this.#waiting.delete(data.number);
        waiting?.end(data.answer);
      }
    });
    this.#worker.addEventListener('error', ({ message }) => {
      onCrash(message);
    });
  }

  /** The last answer to a question; `more` gets those before it. Throws Error where the answer is one. */
  async ask(question: Question, more: (answer: Answer) => void = () => undefined): Promise<Answer> {
    const number = ++this.#asked;
    const answer = await new Promise<Answer>((end) => {
      this.#waiting.set(number, { more, end });
      this.#worker.postMessage({ number, question } satisfies Asked);
    });
    if ('error' in answer) throw new Error(answer.error);
    return answer;
  }
}
