import { spawn } from 'node:child_process';
import { appendFileSync, chmodSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { ask, Load, ROLLING, Scenario, until } from '@slipway/runtime-target';
import { alteredRelease } from './testing/altered-release';
import { ProcessHarness } from './testing/process-harness';
import { bytesOf, tarOf } from './testing/sample-artifact';

jest.setTimeout(60_000);

describe('workloads', () => {
  let harness: ProcessHarness;
  beforeAll(() => {
    harness = new ProcessHarness();
  });
  afterAll(() => harness.close());

  it('get exactly the environment that is theirs, and secrets nowhere else', async () => {
    const scenario = new Scenario(harness, 1);
    const pin = { secret_ref: 'sec-000000000000000000000001', version: 1, fingerprint: 'f' };
    const input = await alteredRelease(harness, scenario, 'v1', (processes) => processes, { GREETING: 'hello', TOKEN: pin });
    const context = scenario.context({ secrets: () => Promise.resolve({ TOKEN: 'hunter2-hunter2', OTHER: 'unused-secret' }) });
    expect(await scenario.run(harness.target.deploySteps(input), context)).toMatchObject({ outcome: 'succeeded' });
    const env = JSON.parse((await ask(`${await scenario.url()}/env`)).body) as Record<string, string>;
    expect(env).toMatchObject({
      GREETING: 'hello',
      TOKEN: 'hunter2-hunter2',
      BEHAVIOUR: 'well',
      SLIPWAY_RELEASE_ID: input.releaseId,
      SLIPWAY_ARTIFACT_VERSION: 'v1',
    });
    expect(Object.keys(env).sort()).toEqual([
      'BEHAVIOUR',
      'GREETING',
      'HOME',
      'PATH',
      'PORT',
      'SLIPWAY_ARTIFACT_VERSION',
      'SLIPWAY_RELEASE_ID',
      'TOKEN',
    ]);
    const leaks = readdirSync(harness.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .filter((entry) => /hunter2|unused-secret/.test(readFileSync(join(entry.parentPath, entry.name), 'latin1')));
    expect(leaks).toEqual([]);
    await harness.killHost();
    await harness.killReplica(scenario.slotId);
    await until('it was restarted', async () => (await scenario.observe()).replicas[0]?.restarts === 1);
    await scenario.expectAlone(input);
    expect(JSON.parse((await ask(`${await scenario.url()}/env`)).body)).toMatchObject({ TOKEN: 'hunter2-hunter2' });
  });

  it('do not start without a pinned secret', async () => {
    const scenario = new Scenario(harness, 1);
    const pin = { secret_ref: 'sec-000000000000000000000001', version: 1, fingerprint: 'f' };
    const input = await alteredRelease(harness, scenario, 'v1', (processes) => processes, { TOKEN: pin });
    const result = await scenario.run(harness.target.deploySteps(input));
    expect(result).toMatchObject({ outcome: 'errored' });
    expect(result.summary).toContain('TOKEN');
  });

  it('whose probes ask for an odd path are probed there', async () => {
    const scenario = new Scenario(harness, 1);
    const readiness = { path: '/a path?with=späce', period_ms: 100 };
    const input = await alteredRelease(harness, scenario, 'v1', ({ web }) => ({ web: { ...web!, probes: { readiness } } }));
    await scenario.deploy(input);
    await scenario.expectAlone(input);
  });

  it('that serve nothing run beside those that do', async () => {
    const scenario = new Scenario(harness, 2);
    const input = await alteredRelease(harness, scenario, 'v1', ({ web }) => ({
      web: { ...web!, replicas: 1 },
      worker: { command: ['node', '-e', 'setInterval(() => {}, 1000)'] },
    }));
    await scenario.deploy(input);
    const { replicas } = await scenario.observe();
    expect(replicas.map(({ process, ready, port }) => [process, ready, port === null])).toEqual(
      expect.arrayContaining([
        ['web', true, false],
        ['worker', true, true],
      ]),
    );
  });

  it('that are deadlocked are restarted by their liveness probe', async () => {
    const scenario = new Scenario(harness, 1);
    const liveness = { path: '/alive', period_ms: 50, failure_threshold: 2 };
    const input = await alteredRelease(harness, scenario, 'v1', ({ web }) => ({ web: { ...web!, probes: { ...web!.probes, liveness } } }));
    await scenario.deploy(input);
    const [before] = (await scenario.observe()).replicas;
    await ask(`${await scenario.url()}/deadlock`);
    await until('it was restarted', async () => (await scenario.observe()).replicas[0]?.restarts === 1);
    await scenario.expectAlone(input);
    expect((await scenario.observe()).replicas[0]!.pid).not.toBe(before!.pid);
  });

  it('that die under load cost no repeatable request, and are back', async () => {
    const scenario = new Scenario(harness);
    const first = await scenario.release('v1', ROLLING);
    await scenario.deploy(first);
    const load = new Load(await scenario.url(), false);
    for (let kill = 0; kill < 3; kill++) {
      const answered = load.answered;
      await until('requests pass', () => Promise.resolve(load.answered > answered + 30));
      await harness.killReplica(scenario.slotId);
      await until('it is noticed', async () => (await scenario.observe()).replicas.some(({ ready }) => !ready));
      await scenario.expectAlone(first);
    }
    expect((await load.end()).failures).toEqual([]);
  });

  it('explain in the step why they do not start', async () => {
    const scenario = new Scenario(harness);
    const result = await scenario.run(harness.target.deploySteps(await scenario.release('v1', ROLLING, 'crashing')));
    expect(result).toMatchObject({ outcome: 'failed' });
    expect(result.summary).toContain('exited with code 3');
    expect(result.observed['last_lines']).toContainEqual(expect.stringContaining('the database is not there'));
    expect(scenario.log.join('\n')).toContain('the database is not there');
  });

  it('can be read, also while they go on writing', async () => {
    const scenario = new Scenario(harness);
    await scenario.deploy(await scenario.release('v1', ROLLING));
    const reader = new AbortController();
    const seen = new Set<string>();
    for await (const { replica, line } of harness.target.followLogs(harness.access, scenario.slotId, { follow: true }, reader.signal)) {
      seen.add(`${replica}: ${line}`);
      if (seen.size === 1) await harness.killReplica(scenario.slotId);
      if (seen.size === 2) reader.abort();
    }
    expect([...seen].every((line) => line.endsWith('listening v1'))).toBe(true);
  });

  it('changed on disk, or joined by a stranger, are drift', async () => {
    const scenario = new Scenario(harness);
    const first = await scenario.release('v1', ROLLING);
    await scenario.deploy(first);
    const file = join(harness.dataDir, 'artifacts', first.artifactDigest.slice(7), 'VERSION');
    chmodSync(file, 0o644);
    writeFileSync(file, 'v9');
    const log = openSync(join(harness.dataDir, 'slots', scenario.slotId, 'logs', 'by-hand.log'), 'a');
    const stranger = spawn('sleep', ['60'], { detached: true, stdio: ['ignore', log, log] });
    await until('it runs', async () => (await harness.target.drift(first)).some(({ kind }) => kind === 'extra'));
    const findings = await harness.target.drift(first);
    process.kill(stranger.pid!, 'SIGKILL');
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'changed', what: 'VERSION' }));
    appendFileSync(join(harness.dataDir, 'slots', scenario.slotId, 'slot.json'), ' ');
    expect(await harness.target.drift(first)).toContainEqual(expect.objectContaining({ kind: 'changed', what: 'slot.json' }));
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'extra', what: `pid ${stranger.pid}` }));
  });

  it('that were tampered with on the way are refused', async () => {
    const scenario = new Scenario(harness);
    const first = await scenario.release('v1', ROLLING);
    const other = await tarOf({ 'server.js': 'process.exit(0)' });
    const context = scenario.context({ fetchArtifact: () => Promise.resolve(bytesOf(other)) });
    const result = await scenario.run(harness.target.deploySteps({ ...first, artifactDigest: `sha256:${'0'.repeat(64)}` }), context);
    expect(result).toMatchObject({ outcome: 'failed', step: 'prepare' });
    expect(result.summary).toContain('digest');
  });

  it('whose upload was cut off half-way leave nothing, and arrive when they are sent again', async () => {
    const scenario = new Scenario(harness);
    const first = await scenario.release(`cut-off`, ROLLING);
    const executor = new AbortController();
    let sent = 0;
    const half = async function* () {
      for await (const chunk of (await harness.sample('cut-off', 'well', 2)).open()) yield chunk.subarray(0, (sent = 1000));
      await new Promise((resolve) => executor.signal.addEventListener('abort', resolve));
    };
    const [prepare] = harness.target.deploySteps(first);
    const cutOff = prepare!.run(scenario.context({ signal: executor.signal, fetchArtifact: () => Promise.resolve(half()) }));
    await until('the first half is on its way', () => Promise.resolve(sent > 0));
    const other = harness.another().deploySteps(first)[0]!.run(scenario.context());
    executor.abort();
    expect(await cutOff).toMatchObject({ outcome: 'aborted' });
    expect(await other).toMatchObject({ outcome: 'succeeded' });
    await scenario.deploy(first);
    await scenario.expectAlone(first);
    expect(await harness.target.drift(first)).toEqual([]);
  });

  it('answer on another port when the first of the range is taken', async () => {
    const taken = createServer();
    const free = await new Promise<number>((resolve) =>
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port)),
    );
    const scenario = new Scenario(harness);
    const first = await scenario.release('v1', ROLLING);
    const connection = { host: '127.0.0.1', port_from: free, port_to: free + 20 } as const;
    await scenario.deploy({ ...first, access: { ...first.access, connection } });
    expect(new URL(await scenario.url()).port).not.toBe(String(free));
    expect(await scenario.answer()).toBe('v1');
    await new Promise((resolve) => taken.close(resolve));
  });
});
