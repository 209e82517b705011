/** The end of a command's help: paragraphs that the terminal's width breaks, and examples that can be copied. */

/** A command line, with what it does. Lines of it that are broken end in a backslash. */
export type Example = readonly [command: string, about: string];

/**
 * Paragraphs are parted by empty lines, and are broken at the terminal's width once, wherever the source breaks them. A
 * line that begins with a space stands by itself, and is broken within its indentation.
 */
export function closing(examples: readonly Example[], text = ''): string {
  const lines = examples.map(([command, about]) => `  # ${about}\n  ${command.replaceAll('\n', '\n  ')}`);
  return [joined(text.trim()), ['Examples:', ...lines].join('\n')].filter((part) => part !== '').join('\n\n');
}

function joined(text: string): string {
  const out: string[] = [];
  for (const line of text.split('\n')) {
    const before = out.at(-1) ?? '';
    const isOne = /^\S/.test(line) && /^\S/.test(before);
    if (isOne) out[out.length - 1] = `${before} ${line}`;
    else out.push(line);
  }
  return out.join('\n');
}
