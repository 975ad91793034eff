import type { IncomingMessage, ServerResponse } from 'node:http';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import {
  AuditEventSchema,
  deriveId,
  logSubject,
  STREAMS,
  timelineEntry,
  TimelineEntrySchema,
  type AuditEvent,
  type LogEntry,
  type LogView,
  type ResourceType,
  type SlotLogBatch,
  type SlotLogLine,
  type TimelineEntry,
} from '@slipway/contracts';
import { EMPTY_HEAD, envelopesOf, headOf, testContext, type AggregateHead, type Recorded } from '@slipway/event-sourcing';
import { JetStreamEventStore } from '@slipway/event-store-jetstream';
import { eventually } from '@slipway/testing';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { ok, startGatewayBench, type GatewayBench } from './fixture/gateway.fixture';
import { SseReader } from './fixture/sse.fixture';
import { OpenStreams } from './streams/open-streams';

const ajv = addFormats(new Ajv({ strict: false }));
const RELEASE = deriveId('release', 'one');
const EXECUTION = deriveId('execution', 'one');

describe('event streams', () => {
  let bench: GatewayBench;
  let store: JetStreamEventStore;
  let heads: Map<string, AggregateHead>;
  let told: Recorded[];
  const opened: SseReader<unknown>[] = [];

  const append = async (project: string, type: ResourceType, id: string, action: string, detail: object): Promise<Recorded> => {
    const expected = heads.get(id) ?? EMPTY_HEAD;
    const ref = { projectId: project, type, id };
    const context = testContext({ commandId: deriveId('command', id, String(expected.version), String(Math.random())) });
    const { recorded } = await store.append({
      ref,
      expected,
      events: envelopesOf(ref, expected.version, [{ action, status: 'x', detail }], context),
    });
    heads.set(id, headOf(recorded[0]!));
    told.push(recorded[0]!);
    return recorded[0]!;
  };
  const touch = (project: string): Promise<Recorded> => append(project, 'project', project, 'project.updated', { title: 't' });
  const expire = (): Promise<Recorded> =>
    append('demo', 'release', RELEASE, 'release.expired', { what: 'preview', expired_at: '2026-11-20T12:00:00.000Z' });
  const start = (runId: string): Promise<Recorded> =>
    append('demo', 'execution', EXECUTION, 'execution.started', {
      release_id: RELEASE,
      act: 'apply',
      fence: 1,
      lock: 'l',
      steps: [],
      run_id: runId,
    });
  const step = (): Promise<Recorded> =>
    append('demo', 'execution', EXECUTION, 'execution.step_started', {
      step: 's',
      ordinal: 1,
      title: 'S',
      fence: 1,
      started_at: '2026-11-20T12:00:00.000Z',
    });

  /** What a stream gives, as it comes. */
  const listen = async <T>(path: string, options: { token?: string; lastEventId?: number } = {}): Promise<SseReader<T>> => {
    const reader = await SseReader.open<T>(`${bench.url}${path}`, {
      authorization: `Bearer ${options.token ?? (await bench.token())}`,
      ...(options.lastEventId === undefined ? {} : { 'last-event-id': String(options.lastEventId) }),
    });
    opened.push(reader);
    return reader;
  };
  const openStreams = async (): Promise<number> => {
    const text = await bench.metrics();
    return Number(/slipway_http_event_streams\{[^}]*\} (\d+)/.exec(text)?.[1] ?? 0);
  };
  const nothingOpen = (): Promise<unknown> => eventually(async () => (await openStreams()) === 0);
  const connected = (count = 1): Promise<unknown> => eventually(async () => (await openStreams()) === count);

  beforeAll(async () => {
    bench = await startGatewayBench();
    store = new JetStreamEventStore(bench.bootstrap);
    heads = new Map();
    told = [];
    bench.answer('rpc.audit.get-timeline', ({ body, headers }) => {
      const needed = Number(headers.get('Slipway-Min-Position') || 0);
      expect(needed).toBeLessThanOrEqual(told.at(-1)?.position ?? 0);
      const after = Number(body['cursor'] ?? 0);
      const limit = Math.min(2, body['limit'] as number);
      const mine = told.filter(({ position, event }) => position > after && ['release', 'execution'].includes(event.resource_type));
      const entries = mine.slice(0, limit).map(({ position, event }) => timelineEntry(position, event));
      return ok({ release_id: RELEASE, entries, next_cursor: mine.length > limit ? String(entries.at(-1)!.position) : null });
    });
  });
  afterEach(async () => {
    for (const reader of opened.splice(0)) reader.stop();
    await nothingOpen();
  });
  afterAll(() => bench.stop());

  describe('/events', () => {
    it('gives what happens from now on, in the shape of the audit log', async () => {
      await touch('demo');
      const stream = await listen<AuditEvent>('/api/v1/events');
      await connected();
      const { position } = await touch('demo');
      await eventually(() => stream.ids().includes(position));
      const seen = stream.seen.at(-1)!;
      expect(seen).toMatchObject({ id: String(position), event: 'project.updated' });
      expect(ajv.validate(AuditEventSchema, seen.data) || ajv.errors).toBe(true);
    });

    it('resumes behind any event without a gap and without a double, while more keep coming', async () => {
      const before: number[] = [];
      for (let count = 0; count < 20; count++) before.push((await touch('demo')).position);
      const streams = [];
      const during: number[] = [];
      for (let count = 0; count < 40; count++) {
        if (count % 8 === 0) streams.push({ from: count, stream: await listen('/api/v1/events', { lastEventId: before[count / 4]! }) });
        during.push((await touch('demo')).position);
      }
      for (const { from, stream } of streams) {
        const wanted = [...before.slice(from / 4 + 1), ...during];
        await eventually(() => stream.seen.length >= wanted.length);
        expect(stream.ids()).toEqual(wanted);
      }
    });

    it('shows a caller nothing of other projects, live or in the past, and narrows to one', async () => {
      const start = (await touch('demo')).position;
      await touch('other');
      const narrow = await listen('/api/v1/events', { token: await bench.token({ projects: ['demo'] }), lastEventId: start });
      const chosen = await listen('/api/v1/events?project=other', { lastEventId: start });
      await connected(2);
      await touch('other');
      const mine = await touch('demo');
      await eventually(() => narrow.seen.length === 1 && chosen.seen.length === 2);
      expect(narrow.ids()).toEqual([mine.position]);
      expect(chosen.seen.map(({ data }) => (data as AuditEvent).project_id)).toEqual(['other', 'other']);
      const refused = await listen('/api/v1/events?project=other', { token: await bench.token({ projects: ['demo'] }) });
      expect([refused.response.status, ((await refused.response.json()) as { code: string }).code]).toEqual([404, 'unknown_resource']);
    });

    it('narrows to one event type', async () => {
      const stream = await listen('/api/v1/events?action=release.expired');
      await connected();
      await touch('demo');
      const wanted = await expire();
      await eventually(() => stream.seen.length === 1);
      expect(stream.ids()).toEqual([wanted.position]);
    });

    it('takes the position from the query too', async () => {
      const start = (await touch('demo')).position;
      const next = await touch('demo');
      const stream = await listen(`/api/v1/events?last_event_id=${start}`);
      await eventually(() => stream.seen.length === 1);
      expect(stream.ids()).toEqual([next.position]);
    });

    it('refuses to resume behind what the log holds', async () => {
      const stream = await listen('/api/v1/events', { lastEventId: 1_000_000 });
      expect([stream.response.status, ((await stream.response.json()) as { code: string }).code]).toEqual([400, 'invalid_request']);
    });

    it('ends when the token expires, and refuses it from then on', async () => {
      const token = await bench.token({ lifetimeS: 2 });
      const response = await fetch(`${bench.url}/api/v1/events`, { headers: { authorization: `Bearer ${token}` } });
      expect(await response.text()).toContain('event: token_expired');
      const again = await fetch(`${bench.url}/api/v1/events`, { headers: { authorization: `Bearer ${token}` } });
      expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([401, 'token_expired']);
    });

    it('drops a client that does not read, telling it to resume, and keeps the others', async () => {
      const lazy = await fetch(`${bench.url}/api/v1/events`, { headers: { authorization: `Bearer ${await bench.token()}` } });
      const keen = await listen('/api/v1/events');
      await connected(2);
      const detail = { source_revision: 'r', summary: 'x'.repeat(2_000), scope: 'x'.repeat(2_000), service_ids: ['svc-1'], url: null };
      let made = 0;
      const burst = (): Promise<unknown> =>
        Promise.all(
          Array.from({ length: 20 }, () => append('bulk', 'change', deriveId('change', `bulk ${made++}`), 'change.recorded', detail)),
        );
      let rounds = 0;
      while ((await openStreams()) === 2 && rounds++ < 500) await burst();
      expect(await openStreams()).toBe(1);
      const text = await lazy.text();
      expect(text.trimEnd().endsWith('event: resume\ndata: {}')).toBe(true);
      const head = await store.position();
      await eventually(() => keen.ids().at(-1) === head);
      expect(new Set(keen.ids()).size).toBe(keen.seen.length);
    }, 120_000);
  });

  describe('a release’s timeline', () => {
    it('tells what was, then what comes, with entries as in the JSON timeline', async () => {
      const first = await start('run-1');
      const second = await step();
      const stream = await listen<TimelineEntry>(`/api/v1/deploy/releases/${RELEASE}/timeline`);
      await eventually(() => stream.ids().includes(second.position));
      await touch('demo');
      const third = await step();
      await append('demo', 'execution', deriveId('execution', 'two'), 'execution.verifying', { release_id: deriveId('release', 'two') });
      const fourth = await expire();
      await eventually(() => stream.ids().includes(fourth.position));
      const tail = stream.seen.slice(-4);
      expect(tail.map(({ id }) => Number(id))).toEqual([first, second, third, fourth].map(({ position }) => position));
      for (const { data, event } of tail) {
        expect(ajv.validate(TimelineEntrySchema, data) || ajv.errors).toBe(true);
        expect(data.action).toBe(event);
      }
    });

    it('is not held for a client that left while it was being asked for', async () => {
      await start('run-1');
      const timeline = bench.responder('rpc.audit.get-timeline')!;
      for (const path of ['timeline', 'logs']) {
        let answer = (): void => undefined;
        const answering = new Promise<void>((resolve) => (answer = resolve));
        bench.answer('rpc.audit.get-timeline', async (call) => {
          await answering;
          return timeline(call);
        });
        const asked = bench.calls.length;
        const left = new Promise((resolve) =>
          bench.app.getHttpServer().once('request', (_: IncomingMessage, response: ServerResponse) => response.once('close', resolve)),
        );
        const open = jest.spyOn(bench.app.get(OpenStreams), 'open');
        const leaving = new AbortController();
        const headers = { accept: 'text/event-stream', authorization: `Bearer ${await bench.token()}` };
        const response = fetch(`${bench.url}/api/v1/deploy/releases/${RELEASE}/${path}`, { headers, signal: leaving.signal });
        await eventually(() => bench.calls.length > asked);
        leaving.abort();
        await expect(response).rejects.toThrow('aborted');
        await left;
        answer();
        await eventually(() => open.mock.results.length === 1);
        open.mockRestore();
        expect(await openStreams()).toBe(0);
      }
      bench.answer('rpc.audit.get-timeline', timeline);
    });

    it('resumes, and still knows which events belong', async () => {
      await start('run-1');
      const seen = await step();
      const stream = await listen<TimelineEntry>(`/api/v1/deploy/releases/${RELEASE}/timeline`, { lastEventId: seen.position });
      await connected();
      const next = await step();
      await eventually(() => stream.seen.length === 1);
      expect(stream.ids()).toEqual([next.position]);
    });
  });

  describe('a release’s logs', () => {
    const write = async (run: string, line: string): Promise<number> => {
      const body = JSON.stringify({ at: '2026-11-20T12:00:00.000Z', step: 'start', line });
      return (await jetstream(bench.bootstrap).publish(logSubject(run), body)).seq;
    };
    const path = `/api/v1/deploy/releases/${RELEASE}/logs`;

    it('come as a page, and live from runs that start later', async () => {
      await start('run-a');
      await start('run-b');
      await write('run-a', 'one');
      await write('elsewhere', 'not mine');
      await write('run-b', 'two');
      const response = await fetch(`${bench.url}${path}`, { headers: { authorization: `Bearer ${await bench.token()}` } });
      const page = (await response.json()) as { entries: LogEntry[] };
      expect([response.status, page]).toEqual([200, page]);
      expect(page.entries.map(({ run_id, line }) => [run_id, line])).toEqual([
        ['run-a', 'one'],
        ['run-b', 'two'],
      ]);
      const stream = await listen<LogEntry>(path, { lastEventId: page.entries[0]!.position });
      await eventually(() => stream.seen.length === 1);
      await write('run-a', 'three');
      await eventually(() => stream.seen.length === 2);
      await start('run-c');
      await write('run-c', 'four');
      await eventually(() => stream.seen.length === 3);
      expect(stream.seen.map(({ data }) => data.line)).toEqual(['two', 'three', 'four']);
    });

    it('of several runs come in one order, so that a resume in the middle loses none', async () => {
      await start('run-d');
      await start('run-e');
      const written: number[] = [];
      for (let count = 0; count < 60; count++) written.push(await write(count % 7 < 4 ? 'run-d' : 'run-e', `line ${count}`));
      const from = written[0]! - 1;
      const whole = await listen<LogEntry>(path, { lastEventId: from });
      await eventually(() => whole.seen.length === written.length);
      expect(whole.ids()).toEqual(written);
      const rest = await listen<LogEntry>(path, { lastEventId: written[24]! });
      await eventually(() => rest.seen.length === written.length - 25);
      expect(rest.ids()).toEqual(written.slice(25));
    });

    it('leave no consumer behind, whether they were a page, an empty one or a stream', async () => {
      const manager = await jetstreamManager(bench.bootstrap);
      const consumers = async (): Promise<number> => (await manager.streams.info(STREAMS.logs)).state.consumer_count;
      const none = (): Promise<unknown> => eventually(async () => (await consumers()) === 0);
      await none();
      await start('run-f');
      const last = await write('run-f', 'one');
      const headers = { authorization: `Bearer ${await bench.token()}` };
      for (const cursor of [last - 1, last]) await fetch(`${bench.url}${path}?cursor=${cursor}`, { headers });
      const stream = await listen<LogEntry>(path, { lastEventId: last - 1 });
      await eventually(() => stream.seen.length === 1);
      await start('run-g');
      const next = await write('run-g', 'two');
      await eventually(() => stream.ids().includes(next));
      expect(await consumers()).toBeGreaterThan(0);
      stream.stop();
      await none();
    });
  });

  describe('pages of a release’s logs', () => {
    const LONG = 'x'.repeat(600 * 1024);
    const write = async (line: string): Promise<number> => {
      const body = JSON.stringify({ at: '2026-11-20T12:00:00.000Z', step: 'start', line });
      return (await jetstream(bench.bootstrap).publish(logSubject('run-paged'), body)).seq;
    };

    /** Lines of each page behind a position, to the last. */
    async function pages(limit: number, after: number): Promise<string[][]> {
      const found: string[][] = [];
      const headers = { authorization: `Bearer ${await bench.token()}` };
      for (let cursor: string | null = String(after); cursor !== null;) {
        const response = await fetch(`${bench.url}/api/v1/deploy/releases/${RELEASE}/logs?limit=${limit}&cursor=${cursor}`, { headers });
        const page = (await response.json()) as LogView;
        found.push(page.entries.map(({ line }) => line.slice(0, 5)));
        cursor = page.next_cursor;
      }
      return found;
    }

    it('hold as many lines as were asked for, fewer where they are long, and lead to the last', async () => {
      await start('run-paged');
      const before = await write('first');
      for (const line of ['one', 'two', LONG, LONG, 'five']) await write(line);
      expect(await pages(2_000, before)).toEqual([['one', 'two', 'xxxxx', 'xxxxx'], ['five']]);
      expect(await pages(2, before)).toEqual([['one', 'two'], ['xxxxx', 'xxxxx'], ['five']]);
      expect(await pages(5, before + 5)).toEqual([[]]);
    });
  });

  describe('what a slot’s workloads write', () => {
    const slot = 'slt-000000000000000000000000';
    const path = `/api/v1/deploy/slots/${slot}/logs`;
    const line = (text: string): SlotLogLine => ({ at: null, release_id: RELEASE, process: 'web', replica: 'web-1', line: text });

    it('comes as a page, asked for as the caller asks', async () => {
      bench.answer('rpc.runtime-executor.get-slot-logs', ({ body }) =>
        ok({ slot_id: slot, lines: [line(`tail ${String(body['tail'])}`)] }),
      );
      const response = await fetch(`${bench.url}${path}?tail=5&process=web`, {
        headers: { authorization: `Bearer ${await bench.token()}` },
      });
      expect([response.status, await response.json()]).toEqual([200, { slot_id: slot, lines: [line('tail 5')] }]);
      expect(bench.calls.at(-1)!.body).toMatchObject({ id: slot, tail: 5, process: 'web' });
    });

    it('comes live, in the order in which the executor gives it, and is begun anew where it ends', async () => {
      let sessions = 0;
      bench.answer('rpc.runtime-executor.get-slot-log-session', () => ok({ slot_id: slot, session: `session-${++sessions}` }));
      const batches: SlotLogBatch[] = [
        { lines: [line('one'), line('two')], ended: false },
        { lines: [line('three')], ended: true },
        { lines: [line('four')], ended: false },
      ];
      const given = bench.bootstrap.subscribe('rpc.runtime-executor.slot-log.*', {
        callback: (_, message) => {
          const batch = batches.shift();
          if (batch) message.respond(JSON.stringify(batch));
        },
      });
      const stream = await listen<SlotLogLine>(path);
      const lines = (reader: SseReader<SlotLogLine>): string[] =>
        reader.seen.filter(({ event }) => event === 'line').map(({ data }) => data.line);
      await nothingOpen();
      await eventually(() => stream.seen.at(-1)?.event === 'closing');
      expect(lines(stream)).toEqual(['one', 'two', 'three']);
      const again = await listen<SlotLogLine>(path);
      await eventually(() => again.seen.length === 1);
      expect([lines(again), sessions]).toEqual([['four'], 2]);
      given.unsubscribe();
    });
  });

  it('survive an outage of NATS, by themselves', async () => {
    const stream = await listen('/api/v1/events');
    await connected();
    await bench.nats.kill();
    await bench.nats.start();
    const after = await eventually(() => touch('demo').catch(() => undefined));
    await eventually(() => stream.ids().includes(after.position));
  }, 60_000);
});

it('event streams end when the gateway drains, so that clients resume elsewhere', async () => {
  const bench = await startGatewayBench();
  const response = await fetch(`${bench.url}/api/v1/events`, { headers: { authorization: `Bearer ${await bench.token()}` } });
  const [text] = await Promise.all([response.text(), bench.stop()]);
  expect(text).toContain('event: closing');
});
