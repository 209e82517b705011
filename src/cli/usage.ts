/** What is wrong with a command line, in the words of its options, with what was probably meant. */
import { nearest } from '../experiment/nearest.ts';
import { UsageError } from './usage-error.ts';

/** `known`: all commands. */
export function unknownCommand(name: string, known: readonly string[]): UsageError {
  const near = nearest(name, known);
  const hint = near === undefined ? `there are ${known.join(', ')}` : `did you mean ${near}?`;
  return new UsageError(`${name}: there is no such command; ${hint}`);
}

/** From yargs' message to a line. `words`: of the command line; `help`: of its command. */
export function usageError(message: string, words: readonly string[], help: string): UsageError {
  const told = [
    ...matches(/^Unknown arguments?: (.*)$/, message, ([names]) =>
      names!.split(', ').map((name) => unknownArgument(name, words, help)),
    ),
    ...matches(/^Not enough arguments following: (.*)$/, message, ([name]) => [`--${name!}: needs a value`]),
    ...matches(/^Argument unexpected for: (.*)$/, message, ([name]) => [`--${name!}: takes no value`]),
    ...matches(/^Missing required arguments?: (.*)$/, message, ([names]) => [
      `${names!
        .split(', ')
        .map((name) => (isOption(name, help) ? `--${name}` : name.toUpperCase()))
        .join(', ')}: missing`,
    ]),
    ...matches(/^Not enough non-option arguments/, message, () => [`${positionalsOf(help)}: missing`]),
    ...matches(/Argument: (.*), Given: "(.*)", Choices: (.*)/, message, ([name, given, choices]) => [
      wrongChoice(isOption(name!, help) ? `--${name!} ` : '', given!, choices!),
    ]),
  ];
  const command = words.slice(0, 1).filter((word) => !word.startsWith('-'));
  if (told.length === 0) return new UsageError(message.replaceAll(/\s*\n\s*/g, ' '));
  return new UsageError(`${told.join('; ')}; see ${['unwind', ...command, '--help'].join(' ')}`);
}

function matches(pattern: RegExp, message: string, tell: (groups: readonly string[]) => readonly string[]) {
  const found = pattern.exec(message);
  return found === null ? [] : tell(found.slice(1));
}

function unknownArgument(name: string, words: readonly string[], help: string): string {
  const dashes = words.find((word) => /^--?/.test(word) && word.replace(/^--?/, '').split('=')[0] === name);
  if (dashes === undefined) return `${name}: is one word too many`;
  const near = nearest(name, optionsOf(help));
  const hint = near === undefined ? '' : `; did you mean --${near}?`;
  return `${dashes.split('=')[0]!}: there is no such option${hint}`;
}

function wrongChoice(option: string, given: string, choices: string): string {
  const known = choices.split(', ').map((choice) => choice.replaceAll('"', ''));
  const near = nearest(given, known);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return `${option}${given}: needs one of ${known.join(', ')}${hint}`;
}

function optionsOf(help: string): string[] {
  return [...help.matchAll(/^ +(?:-\w, )?--([\w-]+)/gm)].map(([, name]) => name!);
}

function isOption(name: string, help: string): boolean {
  return optionsOf(help).includes(name);
}

/** `FILE` of `unwind run <file>`. */
function positionalsOf(help: string): string {
  const [usage = ''] = help.split('\n', 1);
  return [...usage.matchAll(/<([\w-]+)>/g)].map(([, name]) => name!.toUpperCase()).join(' ');
}
