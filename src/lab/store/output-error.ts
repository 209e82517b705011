/** A results folder cannot be used: told in one line, without a stack. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}
