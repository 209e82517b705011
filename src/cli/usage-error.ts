/** The command line itself is wrong: told in one line, without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
