/** One document, a list of documents, or one a line. */
import { NOT_JSON, readJson } from '../json.ts';
import { answer } from './answer.ts';

const NEEDED = `${NOT_JSON}: needs one document, or one a line`;

/** The answers, in order; what is no JSON is answered with its line. */
export function* answers(text: string, explain: boolean): Generator<object> {
  const whole = readJson(text);
  if ('value' in whole) {
    for (const document of Array.isArray(whole.value) ? (whole.value as unknown[]) : [whole.value]) {
      yield answer(document, explain);
    }
    return;
  }
  if (whole.refused !== NOT_JSON) {
    yield { error: whole.refused };
    return;
  }
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const read = readJson(line);
    if ('value' in read) yield answer(read.value, explain);
    else yield { line: i + 1, error: read.refused === NOT_JSON ? NEEDED : read.refused };
  }
}
