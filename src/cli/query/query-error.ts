/** A question to a results folder that has no answer: told in one line, without a stack. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}
