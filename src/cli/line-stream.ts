/** A stream of lines through a session, in constant memory: what is read waits for what is written. */
import type { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { writeTo } from './written.ts';

/** What answers lines. */
export interface LineSession {
  /** Text to be written; the stream empties it. */
  out: string;
  /** Handles one line, which is not empty; its number counts from 1. */
  line(text: string, number: number): void;
  /** A line that was not read, for the reason given. */
  malformed(number: number, reason: string, id: undefined): void;
  /** After the last line. */
  end?(): void;
}

/** Characters of a line; what is longer is not read. */
const LONGEST = 65_536;

/** Characters written at a time. */
const FLUSH = 65_536;

export async function streamLines(
  input: AsyncIterable<Buffer>,
  output: Writable,
  session: LineSession,
): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let skipping = false; // the end of a line that was too long
  let number = 0;
  const flush = async (): Promise<void> => {
    const text = session.out;
    session.out = '';
    await writeTo(output, text);
  };
  const line = (text: string): void => {
    number++;
    if (skipping || text.length > LONGEST) {
      session.malformed(number, `longer than ${LONGEST} characters`, undefined);
      skipping = false;
    } else if (text.trim() !== '') {
      session.line(text, number);
    }
  };
  for await (const chunk of input) {
    const text = rest + decoder.write(chunk);
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      line(text.slice(from, end));
      from = end + 1;
      if (session.out.length >= FLUSH) await flush();
    }
    rest = text.slice(from);
    if (skipping || rest.length > LONGEST) {
      skipping = true;
      rest = '';
    }
    await flush();
  }
  rest += decoder.end();
  if (rest !== '' || skipping) line(rest);
  session.end?.();
  await flush();
}
