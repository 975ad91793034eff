import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createCluster, ensureDatabase, findPostgres, identify } from '@slipway/local-servers';
import { ensureNatsConfig, writeNatsFile } from '../nats/nats-config';
import { DATABASE, serviceFiles, type PlatformSettings, type ServiceFiles } from '../services';
import { isHealthy } from './health-probe';
import { lastWords } from './last-words';
import { keepLogsBounded } from './log-files';
import { ManagedProcess, type ManagedSpec } from './managed-process';
import { Phases } from './phases';
import { prepareSchemas, prepareStreams } from './preparation';
import { natsSpec, postgresSpec, serviceSpec } from './processes';
import { writeStatus, type PlatformStatus } from './status';
import { tell } from './tell';

const SERVER_TIMEOUT_MS = 60_000;
const SERVICE_TIMEOUT_MS = 120_000;

export interface SupervisorOptions {
  readonly settings: PlatformSettings;
  /** Services to start; default: all that are built. */
  readonly services?: readonly ServiceFiles[];
  /** Runs after the services have stopped and before the servers do: ends the deployed workloads. */
  readonly stopWorkloads?: () => Promise<void>;
}

/** Starts everything in order, keeps it running, and stops it in the reverse order. */
export class Supervisor {
  private readonly phases = new Phases(() => this.publish());
  private readonly processes: ManagedProcess[] = [];
  private readonly servers: ManagedProcess[] = [];
  private readonly startedAt = new Date().toISOString();
  private readonly since = performance.now();
  private state: PlatformStatus['state'] = 'starting';
  private readyMs: number | null = null;
  private error: string | null = null;
  private stopping: Promise<void> | undefined;
  private letLogsGrow: (() => void) | undefined;

  constructor(private readonly options: SupervisorOptions) {}

  get url(): string {
    const { httpHost, httpPort } = this.options.settings;
    return `http://${httpHost === '0.0.0.0' ? '127.0.0.1' : httpHost}:${httpPort}`;
  }

  /** @throws Error that names what failed, with the tail of its log; everything started is stopped again. */
  async start(): Promise<void> {
    const { settings } = this.options;
    this.letLogsGrow = keepLogsBounded(settings.data.logs, (error) => this.note(error));
    try {
      await Promise.all([this.startNats(), this.startPostgres()]);
      await this.startServices(this.options.services ?? serviceFiles().filter((service) => existsSync(service.main)));
      this.readyMs = Math.round(performance.now() - this.since);
      this.state = 'ready';
      this.publish();
    } catch (error) {
      this.note(error);
      await this.stop('failed');
      throw error;
    }
  }

  process(name: string): ManagedProcess {
    const found = this.processes.find((entry) => entry.spec.name === name);
    if (!found) throw new Error(`There is no process '${name}'; there are ${this.processes.map((entry) => entry.spec.name).join(', ')}`);
    return found;
  }

  stop(state: PlatformStatus['state'] = 'stopped'): Promise<void> {
    this.stopping ??= this.stopAll(state);
    return this.stopping;
  }

  status(): PlatformStatus {
    return {
      supervisor: identify(process.pid)!,
      state: this.state,
      url: this.url,
      data_directory: this.options.settings.data.root,
      started_at: this.startedAt,
      ready_ms: this.readyMs,
      phases: this.phases.all,
      processes: this.processes.map((entry) => entry.status()),
      error: this.error,
    };
  }

  private async startNats(): Promise<void> {
    const { settings } = this.options;
    const configFile = await ensureNatsConfig(settings);
    if (!existsSync(join(settings.data.nats, 'jetstream'))) rmSync(settings.data.stampFile, { force: true });
    await this.phases.run('nats-server', () => this.up(natsSpec(settings, configFile), SERVER_TIMEOUT_MS, this.servers));
    await this.phases.run('streams', () => prepareStreams(settings));
    writeNatsFile(settings);
  }

  private async startPostgres(): Promise<void> {
    const { settings } = this.options;
    const { postgresUser: user, postgres: directory, postgresHome } = settings.data;
    const { postgres: password } = settings.credentials;
    const services = this.options.services ?? serviceFiles();
    await this.phases.run('PostgreSQL', async () => {
      const created = createCluster({ binaries: findPostgres(user, postgresHome), directory, user, password });
      if (created) rmSync(settings.data.stampFile, { force: true });
      await this.up(postgresSpec(settings), SERVER_TIMEOUT_MS, this.servers);
      await ensureDatabase(settings.ports['postgres']!, password, DATABASE);
    });
    await this.phases.run('migrations', () => prepareSchemas(settings, services));
  }

  private async startServices(services: readonly ServiceFiles[]): Promise<void> {
    const { settings } = this.options;
    await this.phases.run(`${services.length} services`, async () => {
      await Promise.all(services.map((service) => this.up(serviceSpec(settings, service), SERVICE_TIMEOUT_MS)));
      if (services.some((service) => service.name === 'gateway')) await this.untilReachable();
    });
  }

  private async untilReachable(): Promise<void> {
    const deadline = performance.now() + SERVER_TIMEOUT_MS;
    while (!(await isHealthy(this.options.settings.httpPort))) {
      if (performance.now() > deadline) throw new Error(`${this.url}/healthz/ready does not answer with 200`);
      await delay(50);
    }
  }

  private async up(spec: ManagedSpec, timeoutMs: number, group: ManagedProcess[] = []): Promise<void> {
    const managed = new ManagedProcess(spec, () => this.publish());
    this.processes.push(managed);
    group.push(managed);
    managed.launch();
    try {
      await managed.untilReady(timeoutMs);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(`${message}. Its log (${spec.logFile}) ends with:\n${lastWords(spec.logFile)}`, { cause: error });
    }
  }

  private async stopAll(state: PlatformStatus['state']): Promise<void> {
    this.state = 'stopping';
    this.publish();
    this.letLogsGrow?.();
    const services = this.processes.filter((entry) => !this.servers.includes(entry));
    await services.find((entry) => entry.spec.name === 'gateway')?.stop();
    await Promise.all(services.map((entry) => entry.stop()));
    await this.options.stopWorkloads?.().catch((error: unknown) => this.note(error));
    await Promise.all(this.servers.map((entry) => entry.stop()));
    this.state = state;
    this.publish();
  }

  private note(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.error ??= message;
    tell(message);
  }

  /** A status that cannot be written (the disk is full) must not end what it describes. */
  private publish(): void {
    try {
      writeStatus(this.options.settings.data.statusFile, this.withHealth());
    } catch (error) {
      tell(`status not written: ${String(error)}`);
    }
  }

  private withHealth(): PlatformStatus {
    if (this.state === 'ready' || this.state === 'degraded') {
      this.state = this.processes.every((entry) => entry.status().ready) ? 'ready' : 'degraded';
    }
    return this.status();
  }
}
