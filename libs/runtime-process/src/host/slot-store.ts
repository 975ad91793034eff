import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ProcessManifest } from '../manifest';
import type { Route, Scale, SlotConnection } from '../protocol';
import { readJson, replaceFile } from './durable-file';
import type { HostSecrets } from './host-secrets';
import type { ReplicaRecord } from './replica';
import type { TaskRecord } from './slot-tasks';

/** What is wanted of a release in a slot. */
export interface ReleaseRecord {
  readonly releaseId: string;
  readonly artifactDigest: string;
  readonly manifestDigest: string;
  readonly manifest: ProcessManifest;
  scale: Scale;
  removing: boolean;
  /** Epoch milliseconds; null: stays. */
  removeAt: number | null;
}
/** What is wanted of a slot, and what must never be forgotten about it: its port and the newest fence. */
export interface SlotRecord {
  readonly slotId: string;
  connection: SlotConnection;
  fence: number;
  port: number | null;
  current: string | null;
  routes: readonly Route[];
  window: string | null;
  /** Artifacts of releases that are gone, latest first: kept on this host for a fast way back. */
  recentArtifacts: readonly string[];
  releases: Record<string, ReleaseRecord>;
}

const KEEP_LOGS_OF_RELEASES = 6;

/**
 * The files of one slot: `slot.json` (what is wanted; durable before it is acted upon), `replicas.json` (what runs), `tasks.json` (admin processes),
 * `secrets/` (sealed), `logs/<release>/<replica>.log` and `home/`.
 */
export class SlotStore {
  private saved: string | null = null;

  constructor(
    private readonly directory: string,
    private readonly secrets: HostSecrets,
  ) {
    for (const name of ['secrets', 'logs', 'home']) mkdirSync(join(directory, name), { recursive: true, mode: 0o700 });
  }

  static read(directory: string): SlotRecord | undefined {
    return readJson<SlotRecord>(join(directory, 'slot.json'));
  }

  get home(): string {
    return join(this.directory, 'home');
  }

  save(record: SlotRecord): void {
    const text = JSON.stringify(record);
    replaceFile(join(this.directory, 'slot.json'), text, { durable: true });
    this.saved = text;
  }

  /** The file holds what was last written to it (or nothing was, since this host started). */
  async isUntouched(): Promise<boolean> {
    if (this.saved === null) return true;
    const text = await readFile(join(this.directory, 'slot.json'), 'utf8').catch(() => '');
    return text === this.saved;
  }

  /** Runs that no power loss survives either: renamed, not synced. */
  saveReplicas(replicas: readonly ReplicaRecord[]): void {
    replaceFile(join(this.directory, 'replicas.json'), JSON.stringify(replicas), { durable: false });
  }

  readReplicas(): readonly ReplicaRecord[] {
    return readJson<ReplicaRecord[]>(join(this.directory, 'replicas.json')) ?? [];
  }

  /** Durable: whether an effect has begun must not be forgotten. */
  saveTasks(tasks: readonly TaskRecord[]): void {
    replaceFile(join(this.directory, 'tasks.json'), JSON.stringify(tasks), { durable: true });
  }

  readTasks(): readonly TaskRecord[] {
    return readJson<TaskRecord[]>(join(this.directory, 'tasks.json')) ?? [];
  }

  saveSecrets(releaseId: string, secrets: Readonly<Record<string, string>>): void {
    if (Object.keys(secrets).length === 0) this.dropSecrets(releaseId);
    else this.secrets.write(this.secretsPath(releaseId), this.boundTo(releaseId), secrets);
  }

  readSecrets(releaseId: string): Record<string, string> {
    return this.secrets.read(this.secretsPath(releaseId), this.boundTo(releaseId));
  }

  dropSecrets(releaseId: string): void {
    rmSync(this.secretsPath(releaseId), { force: true });
  }

  logPath(releaseId: string, replica: string): string {
    mkdirSync(join(this.directory, 'logs', releaseId), { recursive: true, mode: 0o700 });
    return join(this.directory, 'logs', releaseId, `${replica}.log`);
  }

  /** The logs of the latest releases stay for diagnostics after the release is gone. */
  pruneLogs(inUse: ReadonlySet<string>): void {
    const logs = join(this.directory, 'logs');
    const releases = readdirSync(logs).map((name) => ({ name, touched: statSync(join(logs, name)).mtimeMs }));
    releases.sort((a, b) => b.touched - a.touched);
    for (const { name } of releases.slice(KEEP_LOGS_OF_RELEASES)) {
      if (!inUse.has(name)) rmSync(join(logs, name), { recursive: true, force: true });
    }
  }

  private boundTo(releaseId: string): string {
    return `${basename(this.directory)}/${releaseId}`;
  }

  private secretsPath(releaseId: string): string {
    return join(this.directory, 'secrets', `${releaseId}.sealed`);
  }
}
