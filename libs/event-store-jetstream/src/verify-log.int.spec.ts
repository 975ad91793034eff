import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EMPTY_HEAD, headOf, projectAppend } from '@slipway/event-sourcing';
import { startNats, type NatsServer } from '@slipway/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import fc from 'fast-check';
import { JetStreamEventStore } from './jetstream-event-store';
import { LogApi } from './log-api';
import type { StoredEvent } from './message';
import { ensureStreams } from './streams';
import { LogVerification, verifyLog, type LogReport } from './verify-log';
import { readWholeLog } from './whole-log';

const PROJECTS = 5;
const VERSIONS = 4;
const EVENTS = PROJECTS * VERSIONS + 3;
let server: NatsServer;
let connection: NatsConnection;
let stored: StoredEvent[];

const open = () => connect({ servers: server.url, maxReconnectAttempts: -1, reconnectTimeWait: 50 });

beforeAll(async () => {
  server = await startNats();
  connection = await open();
  await ensureStreams(connection);
  const store = new JetStreamEventStore(connection);
  for (let version = 0; version < VERSIONS; version++) {
    for (let project = 0; project < PROJECTS; project++) {
      const ref = { projectId: `p${project}`, type: 'project', id: `p${project}` } as const;
      const head = await store.head(ref);
      await store.append(projectAppend(ref, head ? headOf(head) : EMPTY_HEAD, `title ${version} äöü`));
    }
  }
  await store.append(projectAppend({ projectId: 'batch', type: 'project', id: 'batch' }, EMPTY_HEAD, 'batch', 3));
  stored = [];
  for await (const messages of readWholeLog(new LogApi(connection), EVENTS, undefined)) stored.push(...messages);
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});

const judge = (messages: readonly StoredEvent[], last = EVENTS): LogReport => {
  const verification = new LogVerification();
  messages.forEach((message) => verification.check(message));
  verification.end(last, EVENTS);
  return verification.report();
};
const flip = (text: string, at: number, bit: number): string => {
  const bytes = Buffer.from(text, 'utf8');
  bytes[at % bytes.length]! ^= 1 << bit;
  return bytes.toString('utf8');
};

describe('verifyLog', () => {
  it('finds nothing in a sound log, and says how far it is', async () => {
    const progress: number[] = [];
    const report = await verifyLog(connection, { knownPosition: EVENTS, onProgress: (position) => progress.push(position) });
    expect(report).toEqual({
      events: EVENTS,
      aggregates: PROJECTS + 1,
      lastPosition: EVENTS,
      firstBadPosition: undefined,
      findings: [],
      findingsTotal: 0,
    });
    expect(progress.at(-1)).toBe(EVENTS);
  });

  it('finds any flipped bit of any message, at its position', () => {
    const part = fc.constantFrom('subject', 'headers', 'body');
    fc.assert(
      fc.property(fc.nat(EVENTS - 1), part, fc.nat(), fc.nat(7), (index, name, at, bit) => {
        const damaged = stored.map((message, other) => (other === index ? { ...message, [name]: flip(message[name], at, bit) } : message));
        expect(judge(damaged).firstBadPosition).toBe(index + 1);
      }),
      { numRuns: 2000 },
    );
  });

  it('finds removed, exchanged and cut off messages', () => {
    const without = stored.filter(({ position }) => position !== 7);
    expect(judge(without)).toMatchObject({
      firstBadPosition: 7,
      findings: expect.arrayContaining([expect.objectContaining({ kind: 'missing' })]),
    });
    const renumbered = without.map((message, index) => ({ ...message, position: index + 1 }));
    expect(judge(renumbered, EVENTS - 1).findings.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['version', 'chain', 'truncated']),
    );
    const exchanged = stored.map((message, index) => ({ ...(stored[index ^ 1] ?? message), position: message.position }));
    expect(judge(exchanged).firstBadPosition).toBeDefined();
    expect(judge(stored.slice(0, -2), EVENTS - 2).findings).toEqual([expect.objectContaining({ position: EVENTS - 1, kind: 'truncated' })]);
  });

  it('reads the tail of the log also where the consumer is on a member that lags', async () => {
    let lagging = 3;
    const api = new (class extends LogApi {
      override async ask<T>(subject: string, body: string): Promise<T> {
        const answer = await super.ask<T & { num_pending?: number }>(subject, body);
        return answer.num_pending && lagging-- > 0 ? { ...answer, num_pending: 0 } : answer;
      }
    })(connection);
    const positions: number[] = [];
    for await (const messages of readWholeLog(api, EVENTS, undefined)) positions.push(...messages.map(({ position }) => position));
    expect(lagging).toBeLessThan(0);
    expect(positions).toEqual(stored.map(({ position }) => position));
  });

  it('finds a byte that was flipped on the disk', async () => {
    await connection.close();
    await server.kill('SIGTERM');
    const directory = join(server.storeDirectory, 'jetstream', '$G', 'streams', 'EVENTS', 'msgs');
    const block = join(
      directory,
      readdirSync(directory).find((name) => name.endsWith('.blk'))!,
    );
    const bytes = readFileSync(block);
    const at = bytes.indexOf(Buffer.from('title 2'));
    bytes[at]! ^= 1;
    writeFileSync(block, bytes);
    await server.start();
    connection = await open();
    const report = await verifyLog(connection, { knownPosition: EVENTS });
    expect(report.firstBadPosition).toBe(PROJECTS * 2 + 1);
  });

  it('finds a log that ends too early', async () => {
    const report = await verifyLog(connection, { knownPosition: EVENTS + 10 });
    expect(report.findings.at(-1)).toMatchObject({ kind: 'truncated' });
  });
});
