import { transformFileSync } from '@swc/core';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { until, type RuntimeHarness, type TargetAccess } from '@slipway/runtime-target';
import { HostClient } from '../client/host-client';
import { hostPaths } from '../host-paths';
import { ProcessRuntimeTarget } from '../process-runtime-target';
import { isSame, identityOf } from '../host/process-identity';
import { sampleArtifact } from './sample-artifact';

const SOURCES = resolve(__dirname, '..');
const ROOT = resolve(__dirname, '../../../..');

/** Builds the host from the sources under test, inside the repository so that it finds its packages; the built entry. */
function buildHost(): { directory: string; entry: string } {
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const directory = mkdtempSync(join(cache, 'slipway-host-'));
  for (const file of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.endsWith('.spec.ts') || file.startsWith('testing')) continue;
    const { code } = transformFileSync(join(SOURCES, file), { configFile: join(ROOT, '.swcrc'), sourceMaps: false });
    const target = join(directory, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
  return { directory, entry: join(directory, 'host', 'main.js') };
}

/** A data directory with a host of its own, and ways to be cruel to it. */
export class ProcessHarness implements RuntimeHarness {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'slipway-runtime-'));
  readonly access: TargetAccess;
  readonly target: ProcessRuntimeTarget;
  readonly sample = sampleArtifact;
  private readonly host = buildHost();
  private readonly targets: ProcessRuntimeTarget[] = [];

  constructor() {
    const port_from = 30_000 + ((process.pid * 97) % 2000);
    const connection = { host: '127.0.0.1', port_from, port_to: port_from + 99 } as const;
    this.access = { key: 'this machine', connection, credential: () => Promise.resolve(null) };
    this.target = this.another();
  }

  another(): ProcessRuntimeTarget {
    const target = new ProcessRuntimeTarget({ dataDir: this.dataDir, hostEntry: this.host.entry });
    this.targets.push(target);
    return target;
  }

  async killReplica(slotId: string): Promise<void> {
    const { replicas } = await this.target.observe(this.access, slotId);
    const pid = replicas.find(({ ready }) => ready)?.pid;
    if (!pid) throw new Error(`slot ${slotId} has no replica to kill`);
    process.kill(pid, 'SIGKILL');
  }

  taskCommand(word: string): readonly string[] {
    return ['node', '-e', `console.log('task ${word}'); process.exit('${word}' === 'failing' ? 7 : 0)`];
  }

  /** kill -9 of the host; resolves when it is gone. */
  async killHost(): Promise<number> {
    const { pid } = await this.target.ensureHost();
    const identity = identityOf(pid);
    process.kill(pid, 'SIGKILL');
    await until('the host is gone', () => Promise.resolve(identity === null || !isSame(pid, identity)));
    return pid;
  }

  /** A call to the host as no executor makes it. */
  hostCall(method: string, path: string, body: unknown): Promise<unknown> {
    const paths = hostPaths(this.dataDir);
    return new HostClient({ paths, nodeBinary: process.execPath, entry: this.host.entry }).call(method, path, { body });
  }

  hostLog(): string {
    return readFileSync(join(this.dataDir, 'host.log'), 'utf8');
  }

  async close(): Promise<void> {
    for (const target of this.targets) await target.stopHost({ keepWorkloads: false });
    rmSync(this.dataDir, { recursive: true, force: true });
    rmSync(this.host.directory, { recursive: true, force: true });
  }
}
