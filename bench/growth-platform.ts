import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AckPolicy, DeliverPolicy, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { STREAMS, type ProjectionStatus } from '@slipway/contracts';
import { databaseUrl, familyMemoryMb, type ManagedProcess } from '@slipway/embedded';
import { inboxPrefix, JetStreamEventStore, verifyLog } from '@slipway/event-store-jetstream';
import { startPlatform, type Platform } from '@slipway/platform-driver';
import { eventually } from '@slipway/testing';
import { Client } from 'pg';
import { History } from './growth-history';

const SERVERS = ['nats-server', 'postgres'];
/** Lives at a time; what is in flight at the end is lived to its end, so a short log takes few. */
const inFlightOf = (events: number): number => Math.min(Math.ceil(events / 250), 512);
const CATCH_UP_MS = 20 * 60_000;

/** A platform with a deployed service, whose log then gets a long history of others. */
export class GrownPlatform {
  private constructor(
    readonly platform: Platform,
    /** Of the measured timeline: applied in prod. */
    readonly releaseId: string,
  ) {}

  static async start(): Promise<GrownPlatform> {
    const platform = await startPlatform();
    const developer = platform.as('developer');
    await developer.push('1.0.0');
    await developer.push('1.0.1');
    const waiting = await developer.start({ artifact: '1.0.0', environment: 'prod' });
    await eventually(() => platform.as('approver').approve(waiting.approval_ticket!), { timeoutMs: 30_000 });
    await developer.until(waiting.release_id, ['applied']);
    return new GrownPlatform(platform, waiting.release_id);
  }

  /** Fills the log while no service runs, then has every read model catch up. @returns the log's end */
  async fill(events: number, say: (text: string) => void): Promise<number> {
    const services = this.processes().filter(({ spec }) => !SERVERS.includes(spec.name));
    const { items } = (await this.platform.api('admin').GET('/api/v1/platform/projections', { params: {} })).data!;
    await Promise.all(services.map((service) => service.stop()));
    const relaxed = events > 10_000;
    if (relaxed) await this.syncInterval('2m');
    const end = await this.connected(async (connection) => {
      const began = performance.now();
      const last = await new History(new JetStreamEventStore(connection)).fill(events, inFlightOf(events));
      say(`${last} events after ${seconds(began)} s`);
      return last;
    });
    if (relaxed) await this.syncInterval('always');
    await this.actedUpTo(end, items);
    const began = performance.now();
    for (const service of services) service.launch();
    await Promise.all(services.map((service) => service.untilReady(CATCH_UP_MS)));
    const slowest = await this.caughtUp();
    say(`read models caught up after ${seconds(began)} s, the last of them ${slowest}`);
    return end;
  }

  /** @throws Error unless every link of the log's chain holds. */
  async verify(): Promise<string> {
    const { events, aggregates, findings } = await this.connected((connection) => verifyLog(connection));
    if (findings.length > 0) throw new Error(`the filled log is not sound: ${JSON.stringify(findings[0])}`);
    return `${events} events of ${aggregates} aggregates, all sound`;
  }

  /** MB of each process with all that descend from it. */
  memory(): ReadonlyMap<string, { readonly pss: number; readonly rss: number }> {
    return new Map(
      this.processes().flatMap(({ spec, pid }) =>
        pid === undefined ? [] : [[spec.name, { pss: familyMemoryMb(pid) ?? 0, rss: rssMb(pid) }]],
      ),
    );
  }

  private processes(): ManagedProcess[] {
    const { supervisor } = this.platform;
    return supervisor.status().processes.map(({ name }) => supervisor.process(name));
  }

  /** @returns the read model that took longest */
  private async caughtUp(): Promise<string> {
    let last = 'none';
    await eventually(
      async () => {
        const { items } = (await this.platform.api('admin').GET('/api/v1/platform/projections', { params: {} })).data!;
        const behind = items.filter(({ lag, error }) => lag > 0 || error !== null);
        last = behind.at(-1)?.name ?? last;
        return items.length > 5 && behind.length === 0;
      },
      { timeoutMs: CATCH_UP_MS, intervalMs: 250 },
    );
    return last;
  }

  /** A history has been acted upon: reactions and executors go on behind it, as they would on a platform that lived through it. */
  private async actedUpTo(position: number, items: readonly Pick<ProjectionStatus, 'kind' | 'name'>[]): Promise<void> {
    const reactions = items.flatMap(({ kind, name }) => (kind === 'reaction' ? [name] : []));
    const client = new Client({ connectionString: databaseUrl(this.platform.settings) });
    await client.connect();
    try {
      const { rows } = await client.query<{ schema: string }>(
        `SELECT table_schema AS schema FROM information_schema.tables WHERE table_name = 'checkpoint'`,
      );
      for (const { schema } of rows) {
        await client.query(`UPDATE "${schema}".checkpoint SET position = $1 WHERE name = ANY($2)`, [position, reactions]);
      }
    } finally {
      await client.end();
    }
    await this.connected(async (connection) => {
      const { consumers } = await jetstreamManager(connection);
      const { config } = await consumers.info(STREAMS.events, 'executor-work');
      const { filter_subjects, ack_wait, max_deliver, max_ack_pending } = config;
      await consumers.delete(STREAMS.events, 'executor-work');
      await consumers.add(STREAMS.events, {
        durable_name: 'executor-work',
        filter_subjects,
        ack_policy: AckPolicy.Explicit,
        ack_wait,
        max_deliver,
        max_ack_pending,
        deliver_policy: DeliverPolicy.StartSequence,
        opt_start_seq: position + 1,
      });
    });
  }

  /** One sync for each of a million events would measure the disk's patience; nobody relies on the history while it is made. */
  private async syncInterval(interval: 'always' | '2m'): Promise<void> {
    const server = this.platform.supervisor.process('nats-server');
    const file = join(this.platform.settings.data.nats, 'nats.conf');
    await server.stop();
    writeFileSync(file, readFileSync(file, 'utf8').replace(/sync_interval: \w+/, `sync_interval: ${interval}`));
    server.launch();
    await server.untilReady(CATCH_UP_MS);
  }

  private async connected<T>(work: (connection: NatsConnection) => Promise<T>): Promise<T> {
    const { data, credentials } = this.platform.settings;
    const { url: servers } = JSON.parse(readFileSync(data.natsFile, 'utf8')) as { url: string };
    const user = 'bootstrap';
    const connection = await connect({ servers, user, pass: credentials.nats.bootstrap, inboxPrefix: inboxPrefix(user) });
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  }
}

const seconds = (began: number): string => ((performance.now() - began) / 1000).toFixed(1);

/** Resident set of one process, MB; 0 where /proc does not tell. */
function rssMb(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
