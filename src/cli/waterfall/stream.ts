/** One document, a list of documents, or one a line. */
import { answer } from './answer.ts';

/** The answers, in order; what is no JSON is answered with its line. */
export function* answers(text: string, explain: boolean): Generator<object> {
  const whole = parsed(text);
  if (whole !== undefined) {
    for (const document of Array.isArray(whole.value) ? (whole.value as unknown[]) : [whole.value]) {
      yield answer(document, explain);
    }
    return;
  }
  const lines = text.split('\n');
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const document = parsed(line);
    if (document === undefined) yield { line: i + 1, error: 'not JSON: needs one document, or one a line' };
    else yield answer(document.value, explain);
  }
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
