import { eventually, startPostgres, type PostgresDatabase } from '@slipway/testing';
import { LeaseSession } from './lease-session';

describe('a session of leases', () => {
  let database: PostgresDatabase;
  let session: LeaseSession;
  let connected = 0;

  beforeAll(async () => {
    database = await startPostgres();
    session = new LeaseSession({
      databaseUrl: database.url,
      schema: 'ledger',
      onMessage: () => undefined,
      onConnected: async () => void (connected += 1),
    });
    session.start();
    await eventually(() => connected === 1);
  });
  afterAll(async () => {
    await session.stop();
    await database.stop();
  });

  it('that is lost while a lock is tried says so, not that another holds it', async () => {
    // PostgreSQL refuses so long a notification, which costs the session.
    const broken = session.tell('advanced', 'x'.repeat(9_000));
    await expect(session.tryAcquire('rebuild/ledger')).rejects.toMatchObject({ code: 'dependency_unavailable' });
    await broken;
    await eventually(() => connected === 2);
    expect(await session.tryAcquire('rebuild/ledger')).toBeDefined();
  });
});
