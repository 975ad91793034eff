/** What an RPC handler returns: the value, and the stream position that a following query should have seen. */
export class Answer<T> {
  constructor(
    readonly value: T,
    readonly position: number | null,
  ) {}
}

/** `answer(view, result.position)` from a command; `answer(page)` from a query. */
export const answer = <T>(value: T, position: number | null = null): Answer<T> => new Answer(value, position);
