import type { Context } from '../context';

/** Shows what a stream brings until the signal aborts. A stream that is refused takes nothing from the watch: it is said, and that is all. */
export async function follow<T>(
  context: Context,
  what: 'timeline' | 'logs',
  path: string,
  signal: AbortSignal,
  show: (item: T) => void,
): Promise<void> {
  const query = context.namedProject === undefined ? '' : `?project=${encodeURIComponent(context.namedProject)}`;
  try {
    for await (const { data } of context.client.events<T>(`${path}${query}`, { signal })) show(data);
  } catch (error) {
    if (!signal.aborted) context.output.note(`(${what}: ${error instanceof Error ? error.message : String(error)})`);
  }
}
