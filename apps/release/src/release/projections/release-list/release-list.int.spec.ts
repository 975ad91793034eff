import { deriveId, type NewReleaseEvent, type ReleaseEvent } from '@slipway/contracts';
import { envelopesOf, testContext, type Recorded } from '@slipway/event-sourcing';
import { dataSourceOptions, runMigrations, sqlOf } from '@slipway/projections-typeorm';
import { startPostgres, type PostgresDatabase } from '@slipway/testing';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { MIGRATIONS, ROWS, SCHEMA } from '../../../release.schema';
import { history } from '../../domain/release.fixture';
import { evolve, noRelease, type Release } from '../../domain/release.state';
import { ReleaseListProjection } from './release-list.projection';
import { ReleaseRow } from './release-list.row';
import { releaseView } from './release-list.view';

const { previewed, pending, approved, applying, verifying, applied, rollbackRequested, rollingBack, rolledBack, failed } = history;
const LIVES: readonly (readonly NewReleaseEvent[])[] = [
  [previewed()],
  [previewed(), pending(), approved(), applying(), verifying(), applied()],
  [previewed(), pending(), approved(), applying(), applied(), rollbackRequested(), rollingBack(), rolledBack()],
  [previewed(), approved(), applying(), failed('errored')],
];

describe('the release-list read model', () => {
  let database: PostgresDatabase;
  let source: DataSource;
  beforeAll(async () => {
    database = await startPostgres();
    await runMigrations({ databaseUrl: database.url, schema: SCHEMA, migrations: MIGRATIONS });
    source = new DataSource(dataSourceOptions({ databaseUrl: database.url, schema: SCHEMA }, ROWS));
    await source.initialize();
  }, 60_000);
  afterAll(async () => {
    await source?.destroy();
    await database?.stop();
  });

  /** Some lives of releases, interleaved as the log would hold them. */
  function log(order: readonly number[]): Recorded<ReleaseEvent>[] {
    const left = LIVES.map((events, index) => {
      const ref = { projectId: 'demo', type: 'release', id: deriveId('release', String(index)) } as const;
      return envelopesOf(ref, 0, events, testContext()) as ReleaseEvent[];
    });
    const events: ReleaseEvent[] = [];
    for (const pick of [...order, ...LIVES.flatMap((life, index) => life.map(() => index))]) {
      const event = left[pick]!.shift();
      if (event) events.push(event);
    }
    return events.map((event, index) => ({ position: index + 1, event, digest: event.event_id, previousDigest: null, earlier: [] }));
  }
  async function projected(events: readonly Recorded[], batchSize: number): Promise<ReleaseRow[]> {
    await source.query('TRUNCATE release');
    const projection = new ReleaseListProjection();
    for (let from = 0; from < events.length; from += batchSize) {
      await projection.apply(events.slice(from, from + batchSize), sqlOf(source));
    }
    return source.getRepository(ReleaseRow).find({ order: { releaseId: 'ASC' } });
  }

  it('has the rows that folding each release gives, however the log interleaves and batches it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(LIVES.length - 1), { maxLength: 30 }), fc.integer({ min: 1, max: 30 }), async (order, batchSize) => {
        const events = log(order);
        const folded = new Map<string, Release>();
        for (const { event } of events) folded.set(event.resource_id, evolve(folded.get(event.resource_id) ?? noRelease, event));
        const rows = await projected(events, batchSize);
        expect(rows).toHaveLength(LIVES.length);
        for (const row of rows) {
          const release = folded.get(row.releaseId)!;
          if (release.phase === 'none') throw new Error('not folded');
          const last = events.findLast(({ event }) => event.resource_id === row.releaseId)!;
          expect(row.facts).toEqual({ ...release.facts, as_of: last.position });
          expect(releaseView(row.facts)).toEqual(releaseView(release.facts));
          expect(row).toMatchObject({ status: release.phase, projectId: 'demo', slotId: release.subject.slot_id });
          expect(row.expiresAt?.toISOString() ?? null).toBe(release.facts.expires_at);
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('reads historical statuses in canonical terms', async () => {
    const [row] = await projected(log([]), 100);
    const view = (status: string) => releaseView({ ...row!.facts, status });
    expect(view('succeeded')).toMatchObject({ status: 'applied', lifecycle_state: 'applied' });
    expect(view('rolled_back')).toMatchObject({ status: 'rolled_back', lifecycle_state: 'rollback' });
    expect(view('rollback')).toMatchObject({ status: 'rolled_back', lifecycle_state: 'rollback' });
    for (const ended of ['rejected', 'expired', 'superseded', 'cancelled']) {
      expect(view(ended)).toMatchObject({ status: ended, lifecycle_state: 'failed' });
    }
  });
});
