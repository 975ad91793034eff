import { startPostgres, type PostgresDatabase } from '@slipway/testing';
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { dataSourceOptions } from './data-source';
import { encodeCursor, keysetPage, latestOf, type KeysetOptions } from './keyset-page';

@Entity('book')
class BookRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'the_shelf' }) shelf!: string;
  @Column('bigint') position!: number;
}

describe('keysetPage', () => {
  let database: PostgresDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await startPostgres();
    source = new DataSource(dataSourceOptions({ databaseUrl: database.url, schema: 'library' }, [BookRow]));
    await source.initialize();
    await source.query('CREATE SCHEMA library; CREATE TABLE book (id text PRIMARY KEY, the_shelf text NOT NULL, position bigint NOT NULL)');
    await source.query(`INSERT INTO book SELECT 'b' || n, 's' || n % 3, n / 10 FROM generate_series(1, 95) AS n`);
  });
  afterAll(async () => {
    await source.destroy();
    await database.stop();
  });

  const page = (options: Partial<KeysetOptions<BookRow>>, shelf = 's1') =>
    keysetPage(
      source.getRepository(BookRow).createQueryBuilder('book').where('book.shelf = :shelf', { shelf }),
      { key: ['position', 'id'], direction: 'DESC', ...options },
      (row) => `${row.position}/${row.id}`,
    );
  const all = async (options: Partial<KeysetOptions<BookRow>>, between = async (): Promise<void> => undefined): Promise<string[]> => {
    const items: string[] = [];
    let cursor: string | undefined;
    do {
      const next = await page({ ...options, cursor });
      items.push(...next.items);
      cursor = next.next_cursor ?? undefined;
      await between();
    } while (cursor);
    return items;
  };

  it('goes through everything once, in order, in either direction', async () => {
    const rows = await source.query<{ key: string }[]>(
      `SELECT position || '/' || id AS key FROM book WHERE the_shelf = 's1' ORDER BY position DESC, id DESC`,
    );
    const keys = rows.map((row) => row.key);
    expect(await all({ limit: 7 })).toEqual(keys);
    expect(await all({ limit: 7, direction: 'ASC' })).toEqual([...keys].reverse());
    expect((await page({ limit: 1000 })).items).toEqual(keys);
    expect(await page({}, 'none')).toEqual({ items: [], next_cursor: null });
  });

  it('neither skips nor repeats rows while others are written', async () => {
    const before = await all({ limit: 5 });
    let added = 0;
    const during = await all({ limit: 5 }, async () => {
      await source.query(`INSERT INTO book VALUES ($1, 's1', 1000)`, [`new${added++}`]);
    });
    expect(during).toEqual(before);
    expect(added).toBeGreaterThan(3);
  });

  it.each([
    'x',
    '',
    encodeCursor([1]),
    encodeCursor(['nine', 'b1']),
    encodeCursor([1, null]),
    encodeCursor([1, 'a\0']),
    encodeCursor([1e300, 'b']),
    encodeCursor([{ a: 1 }, 'b']),
  ])('refuses the forged cursor %p', async (cursor) => {
    await expect(page({ cursor })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('throws on undefined and null in a where clause', async () => {
    const books = source.getRepository(BookRow);
    await expect(books.findOneBy({ id: undefined })).rejects.toThrow();
    await expect(books.findOneBy({ id: null as unknown as string })).rejects.toThrow();
    expect(await books.findOneBy({ id: 'b1' })).toMatchObject({ shelf: 's1', position: 0 });
  });
});

describe('latestOf', () => {
  it('is the latest position that is told, and null where none is', () => {
    expect(latestOf([3, null, 17, undefined])).toBe(17);
    expect(latestOf([null, undefined])).toBeNull();
    expect(latestOf([])).toBeNull();
  });
});
