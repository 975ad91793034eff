import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { principalOf } from '@slipway/service-fixture';
import { eventually } from '@slipway/testing';
import { startServers, type Servers } from './provisioning.fixture';

/** Several processes start at once, on machines that do other things too. */
const PATIENT = { timeoutMs: 60_000 };
const MAIN = join(__dirname, '..', 'dist', 'main.js');

interface Running {
  readonly process: ChildProcess;
  readonly exited: Promise<number | null>;
  lines(): Record<string, unknown>[];
  text(): string;
}

jest.setTimeout(120_000);

describe('the process', () => {
  const traces: string[] = [];
  const started: ChildProcess[] = [];
  let collector: Server;
  let servers: Servers;

  function start(env: Record<string, string> = {}): Running {
    const child = spawn(process.execPath, [MAIN], {
      env: { ...servers.env, LOG_LEVEL: 'info', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    started.push(child);
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    return {
      process: child,
      exited: new Promise((resolve) => child.once('exit', resolve)),
      text: () => text,
      lines: () => text.split('\n').flatMap((line) => (line ? [JSON.parse(line) as Record<string, unknown>] : [])),
    };
  }
  const readyAt = async (running: Running): Promise<string> => {
    const port = await eventually(
      () => running.lines().find((line) => line['msg'] === 'process started')?.['port'] as number | undefined,
      PATIENT,
    );
    const url = `http://127.0.0.1:${port}`;
    await eventually(async () => (await fetch(`${url}/healthz/ready`)).status === 200, PATIENT);
    return url;
  };

  beforeAll(async () => {
    servers = await startServers();
    collector = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks);
        traces.push((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString());
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  }, 60_000);
  afterAll(async () => {
    for (const child of started) child.kill('SIGKILL');
    collector.close();
    await servers.stop();
  });

  it('serves, logs JSON without secrets, counts, exports traces, and ends cleanly on SIGTERM', async () => {
    const running = start({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}` });
    const url = await readyAt(running);
    await servers.as(principalOf('admin')).call('create-project', { name: 'shop' }, { correlationId: 'cor-of-this-test' });
    const answered = (): Record<string, unknown> | undefined => running.lines().find((line) => line['msg'] === 'rpc answered');
    await eventually(() => answered() !== undefined);
    expect(answered()).toMatchObject({
      correlation_id: 'cor-of-this-test',
      verb: 'create-project',
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/slipway_rpc_requests_total\{verb="create-project"[^}]*\} 1/);
    expect(metrics).toMatch(/slipway_projection_lag_events/);
    expect(metrics).toMatch(/process_resident_memory_bytes/);
    running.process.kill('SIGTERM');
    expect(await running.exited).toBe(0);
    expect(running.lines().at(-1)).toMatchObject({ msg: 'process ends', clean: true });
    expect(running.text()).not.toContain(servers.env['NATS_PASSWORD']);
    expect(traces.join()).toContain('provisioning/create-project');
  });

  it('after kill -9 picks up where it left off, and shares the work with other replicas', async () => {
    const first = start();
    await readyAt(first);
    const admin = servers.as(principalOf('admin'));
    await admin.call('create-project', { name: 'kept' });
    first.process.kill('SIGKILL');
    await first.exited;
    await expect(admin.call('get-project', { id: 'kept' })).rejects.toMatchObject({ code: 'dependency_unavailable' });
    const replicas = [start(), start()];
    await Promise.all(replicas.map(readyAt));
    expect((await admin.call('list-projects', { project: 'kept' })).items).toHaveLength(1);
    const created = Array.from({ length: 30 }, (_, n) => servers.as(principalOf('admin')).call('create-project', { name: `many-${n}` }));
    await Promise.all(created);
    for (const replica of replicas) await eventually(() => replica.lines().some((line) => line['msg'] === 'rpc answered'));
    for (const replica of replicas) replica.process.kill('SIGTERM');
    expect(await Promise.all(replicas.map((replica) => replica.exited))).toEqual([0, 0]);
  });

  it('exits 78 and names every bad key when it cannot read its environment', () => {
    const { status, stderr } = spawnSync(process.execPath, [MAIN], { env: { ...servers.env, NATS_URL: 'x', HEALTH_PORT: 'many' } });
    expect(status).toBe(78);
    expect(stderr.toString()).toMatch(/NATS_URL[\s\S]*HEALTH_PORT|HEALTH_PORT[\s\S]*NATS_URL/);
  });
});
