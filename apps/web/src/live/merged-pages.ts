/** A page of a long list, as the gateway gives it. */
export interface Page {
  items: object[];
  next_cursor: string | null;
}

/** Pages with some of them read again. What new rows pushed off a page's end stays, unless it is what changed and so left the list. */
export function merged(
  pages: readonly Page[],
  fresh: ReadonlyMap<number, Page>,
  idOf: (row: object) => string,
  changed: ReadonlySet<string>,
): Page[] {
  const seen = new Set<string>();
  const end = pages.findIndex((_, index) => fresh.get(index)?.next_cursor === null);
  return pages.slice(0, end === -1 ? undefined : end + 1).map((page, index) => {
    const read = fresh.get(index);
    const rows = read ? [...read.items, ...pushedOut(page, read, idOf, changed)] : page.items;
    const items = rows.filter((row) => {
      const id = idOf(row);
      return !seen.has(id) && Boolean(seen.add(id));
    });
    const last = index === pages.length - 1 && read !== undefined && items.length === read.items.length;
    return { items, next_cursor: last ? read.next_cursor : page.next_cursor };
  });
}

function pushedOut(page: Page, read: Page, idOf: (row: object) => string, changed: ReadonlySet<string>): object[] {
  const there = new Set(read.items.map(idOf));
  return read.next_cursor === null ? [] : page.items.filter((row) => !there.has(idOf(row)) && !changed.has(idOf(row)));
}
