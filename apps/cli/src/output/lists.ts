import type { Command } from 'commander';
import type { Output } from './output';

export interface ListOptions {
  readonly limit: string;
  readonly cursor?: string;
  readonly all?: boolean;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}
/** Where a page begins, and how long it is, as every list of the API takes it. */
export interface PageQuery {
  readonly limit: number;
  readonly cursor: string | undefined;
}
/** What the client answers. */
type Answer<T> = Promise<{ readonly data?: Page<T> | undefined }>;

/** The longest page that the API gives. */
const LONGEST_PAGE = 200;

/** The options of every command that lists what the API gives in pages. */
export const paged = (command: Command, limit: number): Command =>
  command
    .option('--limit <count>', 'at most so many', String(limit))
    .option('--cursor <cursor>', 'go on where a list ended')
    .option('--all', 'every one, however many there are');

/** Every page behind a cursor; undefined: from the first. */
export async function* pages<P extends { readonly next_cursor: string | null }>(
  read: (cursor: string | undefined) => Promise<P>,
  from?: string,
): AsyncGenerator<P, void> {
  let cursor = from;
  do {
    const page = await read(cursor);
    yield page;
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
}

/** Every item of a list. */
export async function allOf<T>(read: (which: PageQuery) => Answer<T>, from?: string): Promise<T[]> {
  const items: T[] = [];
  const pageAt = async (cursor: string | undefined): Promise<Page<T>> => (await read({ limit: LONGEST_PAGE, cursor })).data!;
  for await (const page of pages(pageAt, from)) items.push(...page.items);
  return items;
}

/** Prints a page, and how to go on behind it; or with `--all` every page as one. */
export async function list<T>(
  output: Output,
  { limit, cursor, all }: ListOptions,
  read: (which: PageQuery) => Answer<T>,
  show: (items: readonly T[]) => void | Promise<void>,
): Promise<void> {
  const page = all ? { items: await allOf(read, cursor), next_cursor: null } : (await read({ limit: Number(limit), cursor })).data!;
  if (output.json) return output.document(page);
  await show(page.items);
  if (page.next_cursor !== null) output.note(`... and more: --all, or --cursor ${page.next_cursor}`);
}
