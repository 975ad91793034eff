import { readdirSync, readFileSync } from 'node:fs';
import { startPlatform, type Actor, type Platform } from '@slipway/platform-driver';
import { eventually } from '@slipway/testing';
import { Http } from '../driver/http';

let platform: Platform;
let http: Http;
let developer: Actor;
beforeAll(async () => {
  platform = await startPlatform();
  http = await Http.of(platform);
  developer = platform.as('developer');
  await developer.push('1.0.0');
}, 120_000);
afterAll(() => platform?.stop(), 60_000);

const preview = (greeting: string) =>
  http.post('developer', '/deploy/releases/preview', {
    project: 'demo',
    service: 'hello',
    artifact: '1.0.0',
    environment: 'dev',
    target: 'local',
    variables: { GREETING: greeting },
  });
const readiness = async (): Promise<number> => (await fetch(`${platform.url}/healthz/ready`)).status;

/** The process and what it forked: PostgreSQL answers from a process for each connection. */
function familyOf(name: string): number[] {
  const { pid } = platform.supervisor.process(name).status().identity!;
  const children = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && parentOf(entry) === pid);
  return [pid, ...children.map(Number)];
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** Stops a server without ending it: it keeps its connections and answers nothing. @returns how to let it go on. */
function freeze(name: string): () => void {
  const family = familyOf(name);
  for (const pid of family) process.kill(pid, 'SIGSTOP');
  return () => family.forEach((pid) => process.kill(pid, 'SIGCONT'));
}

describe.each(['nats-server', 'postgres'])('%s does not answer', (server) => {
  it('readiness goes off, commands get a clear 503, nothing acknowledged is lost, and all recovers by itself', async () => {
    const before = await developer.deploy({ artifact: '1.0.0', variables: { GREETING: `before ${server}` } });
    expect(before.status).toBe('applied');
    const thaw = freeze(server);
    try {
      await eventually(async () => (await readiness()) === 503, { timeoutMs: 30_000 });
      const refused = await preview('during');
      if (server === 'nats-server') {
        expect([503, 504]).toContain(refused.status);
        expect(refused).toMatchObject({
          contentType: 'application/problem+json',
          body: { code: expect.stringMatching(/dependency_unavailable|outcome_unknown/) },
        });
        expect(refused.body.detail).toMatch(/\w/);
      }
      const listed = await http.get('viewer', '/deploy/releases?project=demo');
      expect([200, 503]).toContain(listed.status);
      expect(await (await fetch(before.url!)).text()).toBe(`before ${server}`);
    } finally {
      thaw();
    }
    await eventually(async () => (await readiness()) === 200, { timeoutMs: 60_000 });
    await platform.ready();
    expect(await developer.release(before.release_id)).toMatchObject({ status: 'applied' });
    expect((await developer.deploy({ artifact: '1.0.0', variables: { GREETING: `after ${server}` } })).status).toBe('applied');
  }, 180_000);
});
