import { list, pages, type ListOptions } from './lists';
import type { Output } from './output';

const NUMBERS = [...Array(5).keys()];

async function listed(options: Partial<ListOptions>, json = false) {
  const asked: { limit: number; cursor: string | undefined }[] = [];
  const shown: number[] = [];
  const [documents, notes] = [[] as unknown[], [] as string[]];
  const output = {
    json,
    document: (value: unknown) => documents.push(value),
    note: (text: string) => notes.push(text),
  } as unknown as Output;
  const read = async (which: { limit: number; cursor: string | undefined }) => {
    asked.push(which);
    const from = Number(which.cursor ?? 0);
    const to = from + Math.min(which.limit, 2);
    return { data: { items: NUMBERS.slice(from, to), next_cursor: to < NUMBERS.length ? String(to) : null } };
  };
  await list(output, { limit: '1', ...options }, read, (items) => void shown.push(...items));
  return { asked, shown, documents, notes };
}

describe('a list', () => {
  it('of which there is more says so, and how to go on', async () => {
    expect(await listed({})).toMatchObject({ shown: [0], notes: ['... and more: --all, or --cursor 1'] });
    expect(await listed({ cursor: '3' })).toMatchObject({ asked: [{ limit: 1, cursor: '3' }], shown: [3] });
  });

  it('that is all there is says nothing more', async () => {
    expect(await listed({ cursor: '4' })).toMatchObject({ shown: [4], notes: [] });
  });

  it('has every page when all are asked for', async () => {
    expect(await listed({ all: true })).toMatchObject({
      asked: [{ limit: 200 }, { cursor: '2' }, { cursor: '4' }],
      shown: NUMBERS,
      notes: [],
    });
    expect(await listed({ all: true, cursor: '3' })).toMatchObject({ shown: [3, 4] });
  });

  it('is one document for programs, with its cursor and no note', async () => {
    expect(await listed({}, true)).toMatchObject({ documents: [{ items: [0], next_cursor: '1' }], notes: [], shown: [] });
    expect(await listed({ all: true }, true)).toMatchObject({ documents: [{ items: NUMBERS, next_cursor: null }] });
  });
});

it('pages end with the one that names no other', async () => {
  const read = async (cursor: string | undefined) => ({
    n: Number(cursor ?? 0),
    next_cursor: cursor === '2' ? null : String(Number(cursor ?? 0) + 1),
  });
  const seen: number[] = [];
  for await (const { n } of pages(read)) seen.push(n);
  expect(seen).toEqual([0, 1, 2]);
});
