import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { isSlipwayError, type PreviewView, type ReleaseView } from '@slipway/contracts';
import { eventually } from '@slipway/testing';
import { good } from './artifact/bundle/bundle.fixture';
import { startServers, type Caller, type Servers } from './release-service.fixture';

/** Several processes start at once, on machines that do other things too. */
const PATIENT = { timeoutMs: 60_000 };
const MAIN = join(__dirname, '..', 'dist', 'main.js');
jest.setTimeout(180_000);

interface Running {
  readonly process: ChildProcess;
  readonly exited: Promise<number | null>;
  text(): string;
}

describe('the release process', () => {
  const started: ChildProcess[] = [];
  let servers: Servers;
  let developer: Caller;

  async function start(env: Record<string, string> = {}): Promise<Running> {
    const child = spawn(process.execPath, [MAIN], {
      env: { ...servers.env, LOG_LEVEL: 'debug', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    started.push(child);
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const port = await eventually(() => /"port":(\d+)[^\n]*"process started"/.exec(text)?.[1], PATIENT);
    await eventually(async () => (await fetch(`http://127.0.0.1:${port}/healthz/ready`)).status === 200, PATIENT);
    return { process: child, exited, text: () => text };
  }

  beforeAll(async () => {
    servers = await startServers();
    developer = servers.as('developer');
  }, 60_000);
  afterAll(async () => {
    for (const child of started) child.kill('SIGKILL');
    await servers?.stop();
  });

  /** Calls until an answer comes: a service that is away says so, and the same command id gives the same answer. */
  async function persist<T>(attempt: (options: { commandId: string }) => Promise<T>, commandId: string): Promise<T> {
    return eventually(async () => {
      try {
        return [await attempt({ commandId })] as const;
      } catch (error) {
        if (isSlipwayError(error) && error.retryable) return undefined;
        throw error;
      }
    }, PATIENT).then(([answer]) => answer);
  }
  const commandId = (name: string): string => `cmd-${name.replace(/[^0-9a-hjkmnp-tv-z]/g, '0').padStart(24, '0')}`;
  const statusOf = async (id: string): Promise<string> => (await developer.call('get-release', { id })).status;

  it('logs no secret at any level, and ends cleanly on SIGTERM', async () => {
    const running = await start();
    await servers.others.project('demo');
    const dev = await servers.others.environment('demo', 'dev', 'development');
    await servers.others.target('demo', dev, 'main');
    for (let index = 0; index < 6; index++) {
      await developer.call('create-service', { project: 'demo', name: `service-${index}` });
      const upload = await servers.upload(await good());
      await developer.call('register-artifact', { project: 'demo', service: `service-${index}`, version: '1', upload });
    }
    const variables = { TOKEN: { secret: 'correct horse battery staple' } };
    await developer.call('preview-release', { project: 'demo', service: 'service-0', artifact: '1', environment: 'dev', variables });
    running.process.kill('SIGTERM');
    expect(await running.exited).toBe(0);
    expect(running.text()).toContain('preview-release');
    expect(running.text()).not.toContain('correct horse');
  });

  it('loses and doubles nothing when replicas are killed while releases go through', async () => {
    let replicas = [await start(), await start()];
    const releases = await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        const request = { project: 'demo', service: `service-${index}`, artifact: '1', environment: 'dev' };
        const previewed: PreviewView = await persist(
          (options) => developer.call('preview-release', request, options),
          commandId(`preview${index}`),
        );
        const { release_id: id, preview_ref } = previewed;
        return persist((options) => developer.call('apply-release', { id, preview_ref }, options), commandId(`apply${index}`));
      }),
    );
    const executions = releases.map((view: ReleaseView) => servers.executor.succeed(view));
    replicas[0]!.process.kill('SIGKILL');
    await Promise.all(executions);
    replicas[1]!.process.kill('SIGKILL');
    await Promise.all(replicas.map(({ exited }) => exited));
    replicas = [await start(), await start()];
    for (const { release_id } of releases) await eventually(async () => (await statusOf(release_id)) === 'applied', PATIENT);
    for (const { release_id: id } of releases) {
      const events = await servers.log.read({ projectId: 'demo', type: 'release', id });
      expect(events.map(({ event }) => event.action)).toEqual([
        'release.previewed',
        'release.approved',
        'release.applying',
        'release.verifying',
        'release.applied',
      ]);
    }
    for (const replica of replicas) replica.process.kill('SIGTERM');
    expect(await Promise.all(replicas.map(({ exited }) => exited))).toEqual([0, 0]);
  });

  it('exits 78 and names every bad key when it cannot read its environment', () => {
    const { status, stderr } = spawnSync(process.execPath, [MAIN], {
      env: { ...servers.env, NATS_URL: 'x', SLIPWAY_ARTIFACT_MAX_ENTRIES: 'many' },
    });
    expect(status).toBe(78);
    expect(stderr.toString()).toMatch(/SLIPWAY_ARTIFACT_MAX_ENTRIES/);
    expect(stderr.toString()).toMatch(/NATS_URL/);
  });
});
