import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, identify, isRunning, spawnLogged, tailOf } from '@slipway/local-servers';
import { eventually } from '@slipway/testing';
import { isHealthy } from './health-probe';
import { ManagedProcess, type ManagedSpec } from './managed-process';

const SERVER = `require('node:http').createServer((request, response) => response.end()).listen(Number(process.env.PORT), '127.0.0.1')`;

async function managed(script: string, more: Partial<ManagedSpec> = {}): Promise<ManagedProcess> {
  const port = await freePort();
  const logFile = join(mkdtempSync(join(tmpdir(), 'managed-')), 'process.log');
  const spec: ManagedSpec = {
    name: 'example',
    port,
    logFile,
    stopSignal: 'SIGTERM',
    stopGraceMs: 1_000,
    start: () => spawnLogged({ file: process.execPath, argv: ['-e', script], logFile, env: { ...process.env, PORT: String(port) } }),
    isReady: () => isHealthy(port),
    isAlive: () => isHealthy(port, '/healthz/live', 300),
    ...more,
  };
  return new ManagedProcess(spec, () => undefined);
}

describe('ManagedProcess', () => {
  it('starts a process again after kill -9, and says that it did', async () => {
    const example = await managed(SERVER);
    example.launch();
    await example.untilReady(10_000);
    const first = example.pid;
    example.signal('SIGKILL');
    await eventually(() => example.status().ready && example.pid !== first);
    expect(example.status()).toMatchObject({ restarts: 1, last_exit: 'killed by SIGKILL', state: 'running' });
    await example.stop();
  });

  it('gives up waiting for one that keeps dying, and keeps what it printed', async () => {
    const example = await managed(`console.error('cannot: no such thing'); process.exit(7)`);
    example.launch();
    await expect(example.untilReady(20_000)).rejects.toThrow('does not stay up (exit code 7)');
    expect(tailOf(example.spec.logFile)).toContain('cannot: no such thing');
    await example.stop();
  });

  it('kills one that ignores the request to stop, and does not start it again', async () => {
    const example = await managed(`process.on('SIGTERM', () => undefined);${SERVER}`);
    example.launch();
    await example.untilReady(10_000);
    const process_ = identify(example.pid!)!;
    await example.stop();
    expect(isRunning(process_)).toBe(false);
    expect(example.status()).toMatchObject({ state: 'stopped', ready: false });
  });

  it('kills one that hangs, and starts it again', async () => {
    const example = await managed(SERVER, { hangsAfterMs: 1_000 });
    example.launch();
    await example.untilReady(10_000);
    example.signal('SIGSTOP');
    await eventually(() => example.status().restarts === 1 && example.status().ready, { timeoutMs: 25_000 });
    expect(example.status().last_exit).toBe('killed by SIGKILL');
    await example.stop();
  });
});
