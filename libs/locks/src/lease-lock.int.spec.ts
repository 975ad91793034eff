import { once } from 'node:events';
import { ensureStreams } from '@slipway/event-store-jetstream';
import { eventually, startNats, type NatsServer } from '@slipway/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { HeldLease } from './held-lease';
import { LeaseLock, type LeaseRequest } from './lease-lock';
import { LeaseRecords, type LeaseRecord } from './lease-record';

let server: NatsServer;
let connection: NatsConnection;
let locks: LeaseLock;
let serial = 0;

beforeAll(async () => {
  server = await startNats({ syncInterval: '2m' });
  connection = await connect({ servers: server.url, maxReconnectAttempts: -1, reconnectTimeWait: 50 });
  await ensureStreams(connection);
  locks = new LeaseLock(connection);
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});

const request = (key: string, given: Partial<LeaseRequest> = {}): LeaseRequest => ({
  key,
  holder: `holder-${++serial}`,
  executionId: 'exe-000000000000000000000001',
  releaseId: 'rel-000000000000000000000001',
  reason: 'spec',
  ttlMs: 600,
  ...given,
});
/** Takes a lease on a connection of its own, so that it can die without a word. */
const takenByOther = async (key: string, given: Partial<LeaseRequest> = {}) => {
  const own = await connect({ servers: server.url });
  return { own, lease: await new LeaseLock(own).acquire(request(key, given)) };
};
const gone = async (signal: AbortSignal): Promise<Error> => {
  if (!signal.aborted) await once(signal, 'abort');
  return signal.reason as Error;
};

/** A lease whose renewals go through `renew` on their way to the real records. */
const held = async (key: string, ttlMs: number, renew: (write: () => Promise<number | undefined>) => Promise<number | undefined>) => {
  const records = new (class extends LeaseRecords {
    override write(...change: Parameters<LeaseRecords['write']>) {
      return renew(() => super.write(...change));
    }
  })(connection);
  const { holder, executionId, releaseId, reason } = request(key);
  const now = new Date().toISOString();
  const record = { holder, executionId, releaseId, reason, ttlMs, acquiredAt: now, heartbeatAt: now, fencingToken: null };
  const revision = await new LeaseRecords(connection).write(key, record, 0);
  return new HeldLease(records, key, record, revision!, performance.now(), () => new Date().toISOString());
};

describe('LeaseLock', () => {
  it('is held by one at a time, with a token that grows', async () => {
    let inside = 0;
    const tokens: number[] = [];
    const work = async (): Promise<void> => {
      const lease = await locks.acquire(request('turns'));
      expect(++inside).toBe(1);
      tokens.push(lease.fencingToken);
      await connection.flush();
      inside--;
      await lease.release();
    };
    await Promise.all(Array.from({ length: 5 }, work));
    expect(tokens).toHaveLength(5);
    expect(tokens).toEqual([...tokens].sort((a, b) => a - b));
    expect(new Set(tokens).size).toBe(5);
  });

  it('explains itself to whoever waits, and to readers', async () => {
    expect(await locks.read('explained')).toBeUndefined();
    const first = await locks.acquire(request('explained', { holder: 'executor-1', reason: 'apply of hello 1.2' }));
    expect(await locks.read('explained')).toMatchObject({
      holder: 'executor-1',
      reason: 'apply of hello 1.2',
      fencingToken: first.fencingToken,
      executionId: 'exe-000000000000000000000001',
    });
    const seen: LeaseRecord[] = [];
    const second = locks.acquire(request('explained', { onWait: (current) => void (seen.push(current), first.release()) }));
    expect((await second).fencingToken).toBeGreaterThan(first.fencingToken);
    expect(seen.map(({ holder }) => holder)).toEqual(['executor-1']);
    await (await second).release();
    expect(await locks.read('explained')).toBeUndefined();
  });

  it('goes by rank among those who wait for it here, however long the others have waited', async () => {
    const held = await locks.acquire(request('ranked'));
    const order: string[] = [];
    const waits = (rank: string) =>
      locks.acquire(request('ranked', { rank })).then(async (lease) => {
        order.push(rank);
        await lease.release();
      });
    const all = [waits('2 later'), waits('2 earlier')];
    const impatient = locks.acquire(request('ranked', { rank: '0', signal: AbortSignal.timeout(100) }));
    await expect(impatient).rejects.toThrow();
    all.push(waits('1 urgent'));
    await held.release();
    await Promise.all(all);
    expect(order).toEqual(['1 urgent', '2 earlier', '2 later']);
  });

  it('outlives its time while it is renewed', async () => {
    const lease = await locks.acquire(request('renewed', { ttlMs: 300 }));
    const before = await locks.read('renewed');
    const impatient = locks.acquire(request('renewed', { signal: AbortSignal.timeout(1200) }));
    await expect(impatient).rejects.toThrow();
    expect(lease.lost.aborted).toBe(false);
    const after = await locks.read('renewed');
    expect(after!.heartbeatAt > before!.heartbeatAt).toBe(true);
    expect(after!.fencingToken).toBe(lease.fencingToken);
    await lease.release();
  });

  it('passes on from a holder that died', async () => {
    const { own, lease } = await takenByOther('died');
    await own.close();
    const next = await locks.acquire(request('died'));
    expect(next.fencingToken).toBeGreaterThan(lease.fencingToken);
    expect((await gone(lease.lost)).message).toContain('could not be renewed');
    await next.release();
  });

  it('tells a holder that another took over', async () => {
    const lease = await locks.acquire(request('stolen', { ttlMs: 900 }));
    await connection.request('$KV.LOCKS.stolen', JSON.stringify({ holder: 'thief', ttlMs: 900, fencingToken: null }));
    expect((await gone(lease.lost)).message).toContain('another holder');
    await lease.release();
    expect(await locks.read('stolen')).toMatchObject({ holder: 'thief' });
  });

  it('is lost at its time, also while a renewal waits for its answer', async () => {
    const lease = await held('unanswered', 300, () => new Promise(() => undefined));
    expect((await gone(lease.lost)).message).toContain('could not be renewed in time');
  });

  it('is freed by a holder that missed the answer to its renewal', async () => {
    let missed = 0;
    const lease = await held('missed', 3_000, async (write) => {
      await write();
      missed += 1;
      throw new Error('the answer was lost');
    });
    await eventually(() => missed === 1);
    await lease.release();
    expect(await locks.read('missed')).toBeUndefined();
  });

  it('is kept over a restart of the server that is shorter than its time', async () => {
    const lease = await locks.acquire(request('restart', { ttlMs: 10_000 }));
    await server.kill();
    await server.start();
    await eventually(async () => (await locks.read('restart'))?.fencingToken === lease.fencingToken);
    expect(lease.lost.aborted).toBe(false);
    await lease.release();
  });

  it('says no when the lock store cannot be reached', async () => {
    const own = await connect({ servers: server.url });
    await own.close();
    await expect(new LeaseLock(own).acquire(request('nobody'))).rejects.toMatchObject({ code: 'dependency_unavailable' });
  });
});
