import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import type { RunTask, TaskStatus } from '../protocol';
import { unlessDiskRefuses } from './durable-file';
import { HostFailure } from './host-failure';
import { ReplicaProcess, type Exit, type Launch } from './replica-process';
import type { ReleaseRecord, SlotStore } from './slot-store';
import { workloadEnvironment } from './workload-environment';

/** What outlives this host of an admin process: noted before it is started, and when it has ended. */
export interface TaskRecord {
  readonly effect: string;
  readonly releaseId: string;
  readonly log: string;
  /** Byte of its log at which its own output begins. */
  readonly start: number;
  /** Epoch milliseconds at which it is stopped. */
  readonly endBy: number;
  pid: number | null;
  identity: string | null;
  timedOut: boolean;
  /** `lost`: it ended, or never began, where no host saw it. */
  ended: Exit | 'lost' | null;
}

export interface TaskSurroundings {
  readonly store: SlotStore;
  readonly searchPath: string;
  artifactDirectory(digest: string): string;
}

const EFFECT = /^[A-Za-z0-9][A-Za-z0-9-]{0,199}$/;
const REMEMBERED = 50;
const GRACE_MS = 5_000;
const MAX_READ = 256 * 1024;

/**
 * Admin processes of a slot: each effect is started once, whoever asks for it and however often. One that ran while this host was
 * not there has an end that nobody saw: it is `lost`, and only what may run twice is started again.
 */
export class SlotTasks {
  private readonly records = new Map<string, TaskRecord>();
  private readonly running = new Map<string, ReplicaProcess>();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(private readonly around: TaskSurroundings) {}

  get sessions(): readonly number[] {
    return [...this.running.values()].map(({ pid }) => pid);
  }

  /** After a start of the host. */
  adopt(): void {
    for (const record of this.around.store.readTasks()) {
      this.records.set(record.effect, record);
      if (record.ended !== null) continue;
      const process =
        record.pid === null ? null : ReplicaProcess.adopt(record.pid, record.identity ?? '', () => this.ended(record, 'lost'));
      if (process) {
        this.running.set(record.effect, process);
        this.limit(record);
      } else record.ended = 'lost';
    }
  }

  run(effect: string, wanted: RunTask, release: ReleaseRecord): void {
    if (!EFFECT.test(effect)) throw new HostFailure('invalid_request', 'that names no effect');
    const known = this.records.get(effect);
    if (known && (known.ended !== 'lost' || wanted.once)) return;
    const spec = release.manifest.processes[wanted.process];
    if (!spec) throw new HostFailure('invalid_request', `the release has no process ${wanted.process}`);
    const { store, searchPath } = this.around;
    const log = store.logPath(release.releaseId, `task-${wanted.name}`);
    const start = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
    const record: TaskRecord = {
      effect,
      releaseId: release.releaseId,
      log,
      start,
      endBy: Date.now() + wanted.timeoutMs,
      pid: null,
      identity: null,
      timedOut: false,
      ended: null,
    };
    this.remember(record);
    const secrets = store.readSecrets(release.releaseId);
    const env = { ...workloadEnvironment(release, spec, { port: null, home: store.home, searchPath, secrets }), ...wanted.env };
    this.start(record, { command: wanted.command, cwd: this.around.artifactDirectory(release.artifactDigest), env, logPath: log });
    if (record.ended === null) this.limit(record);
  }

  /** @param from byte of its output behind which to read. */
  status(effect: string, from: number): TaskStatus {
    const record = this.records.get(effect);
    if (!record) throw new HostFailure('unknown_resource', `no task ${effect} was started in this slot`);
    const { ended, timedOut } = record;
    const { text, next } = outputBehind(record.log, Math.max(from, record.start));
    const exit = ended === null || ended === 'lost' ? { code: null, signal: null } : ended;
    return { state: ended === null ? 'running' : ended === 'lost' ? 'lost' : 'ended', ...exit, timedOut, text, next };
  }

  /** Of a release that leaves, or of all of them. */
  stop(releaseId?: string): void {
    for (const [effect, process] of this.running) {
      if (releaseId === undefined || this.records.get(effect)?.releaseId === releaseId) process.signal('SIGKILL');
    }
  }

  private start(record: TaskRecord, launch: Launch): void {
    const process = ReplicaProcess.start(
      launch,
      (exit) => this.ended(record, exit),
      () => this.ended(record, { code: null, signal: null }),
    );
    if (!process) return this.ended(record, { code: null, signal: null });
    record.pid = process.pid;
    record.identity = process.identity;
    this.running.set(record.effect, process);
    this.save();
  }

  private limit(record: TaskRecord): void {
    this.later(Math.max(0, record.endBy - Date.now()), () => {
      const process = this.running.get(record.effect);
      if (!process) return;
      record.timedOut = true;
      process.signal('SIGTERM');
      this.later(GRACE_MS, () => process.signal('SIGKILL'));
    });
  }

  private later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, ms);
    timer.unref();
    this.timers.add(timer);
  }

  private ended(record: TaskRecord, how: Exit | 'lost'): void {
    if (record.ended !== null) return;
    record.ended = how;
    this.running.delete(record.effect);
    unlessDiskRefuses(() => this.save());
  }

  private remember(record: TaskRecord): void {
    this.records.delete(record.effect);
    this.records.set(record.effect, record);
    const ended = [...this.records.values()].filter(({ ended: how }) => how !== null);
    for (const { effect } of ended.slice(0, Math.max(0, this.records.size - REMEMBERED))) this.records.delete(effect);
    this.save();
  }

  private save(): void {
    this.around.store.saveTasks([...this.records.values()]);
  }
}

/** Whole lines only: the rest of one comes when it is written. */
function outputBehind(path: string, from: number): { text: string; next: number } {
  if (!existsSync(path)) return { text: '', next: from };
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(MAX_READ);
    const read = readSync(file, bytes, 0, MAX_READ, from);
    const end = bytes.subarray(0, read).lastIndexOf(10) + 1;
    const upTo = end > 0 || read < MAX_READ ? end : read;
    return { text: bytes.toString('utf8', 0, upTo), next: from + upTo };
  } finally {
    closeSync(file);
  }
}
