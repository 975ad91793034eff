import { randomBytes } from 'node:crypto';
import { EMBEDDED_ROLES, type AdmitTarget as Request, type TargetCredential } from '@slipway/contracts';
import type { ConnectionReport, TargetAccess } from '@slipway/runtime-target';
import { CredentialStore, inMemoryBucket, SecretKeys } from '@slipway/secrets';
import type { CallerContext } from '@slipway/service-kit';
import { FakeRuntime } from '../../../execution/work/fake-runtime.fixture';
import type { Runtimes } from '../../../runtime/runtimes';
import { TargetAccesses } from '../../../runtime/target-accesses';
import { ConnectionCheck } from '../../connection-check';
import { AdmitTarget, AdmitTargetHandler } from './admit-target.handler';

const HOST_KEY = `SHA256:${'k'.repeat(43)}`;
const docker = { host: 'docker.example', port: 22, user: 'deploy', project_name: 'shop', routed_port: 8080 };
const sshKey: TargetCredential = { kind: 'ssh_key', private_key: '-----BEGIN OPENSSH PRIVATE KEY-----\nsecret\n' };
const request: Request = {
  project_id: 'shop',
  environment_id: 'env-1',
  target_id: 'tgt-1',
  runtime_type: 'compose',
  connection: docker,
  credential: sshKey,
};
const caller = {
  principal: { actorId: 'admin', actorType: 'human', permissions: EMBEDDED_ROLES.admin, projects: ['*'], environments: ['*'] },
} as unknown as CallerContext;

/** A Docker host that shows its key to anybody, and lets in who pinned it. */
class FakeHost extends FakeRuntime {
  readonly shown: (TargetCredential | null)[] = [];
  /** Credentials that do not let in. */
  readonly refused: string[] = [];
  override async checkConnection({ connection, credential }: TargetAccess): Promise<ConnectionReport> {
    if (!('user' in connection)) throw new TypeError('not this host');
    if (connection.host_key === undefined) {
      const check = { name: 'host-key', result: 'fail', message: 'no key is pinned' } as const;
      return { ok: false, checks: [check], versions: {}, presentedHostKey: HOST_KEY };
    }
    const shown = await credential();
    this.shown.push(shown);
    if (this.refused.includes(JSON.stringify(shown))) return { ok: false, checks: [], versions: {} };
    return { ok: true, checks: [], versions: { docker: '28.5' } };
  }
}

describe('a target on its way in', () => {
  const bucket = inMemoryBucket();
  const host = new FakeHost();
  const credentials = new CredentialStore(bucket, SecretKeys.parse(randomBytes(32).toString('base64')));
  const runtimes: Runtimes = new Map([['compose', host]]);
  const anywhere = { resolve: (name: string) => Promise.resolve(name) };
  const clock = { now: () => '2026-11-20T00:00:00.000Z' };
  const handler = new AdmitTargetHandler(credentials, new TargetAccesses(credentials), clock, new ConnectionCheck(runtimes, anywhere));
  const admit = (more: Partial<Request> = {}) => handler.execute(new AdmitTarget({ ...request, ...more }, caller));
  beforeEach(() => (host.shown.length = 0));

  it('shows the host key before anyone trusts it, and its credential to nobody', async () => {
    const { report, connection } = await admit();
    expect(report).toMatchObject({ ok: false, presented_host_key: HOST_KEY });
    expect(connection).toEqual(docker);
    expect(host.shown).toEqual([]);
  });
  it('pins the presented key when it is told to trust, and is tried with it', async () => {
    const { report, connection, credential } = await admit({ trust_on_first_use: true });
    expect(connection).toMatchObject({ host_key: HOST_KEY });
    expect(report).toMatchObject({ ok: true, versions: { docker: '28.5' } });
    expect(host.shown).toEqual([sshKey]);
    expect(JSON.stringify([...bucket.entries, credential, report])).not.toContain('secret\\n');
  });
  it('keeps its credential for its endpoint alone', async () => {
    const { connection, credential } = await admit({ trust_on_first_use: true });
    const kept = { credential: undefined, credential_pin: credential ?? undefined };
    await admit({ ...kept, connection: { ...docker, host_key: HOST_KEY, routed_port: 9090 } });
    expect(host.shown.at(-1)).toEqual(sshKey);
    const elsewhere = { ...connection, host: 'evil.example' } as Request['connection'];
    await expect(admit({ ...kept, connection: elsewhere })).rejects.toMatchObject({ code: 'credential_refused' });
  });
  it('stores nothing of what was refused, and counts no version for it', async () => {
    const wrong: TargetCredential = { ...sshKey, private_key: '-----BEGIN OPENSSH PRIVATE KEY-----\nwrong\n' };
    host.refused.push(JSON.stringify(wrong));
    const connection = { ...docker, host_key: HOST_KEY };
    const stored = [...bucket.entries.keys()];
    expect(await admit({ target_id: 'tgt-2', connection, credential: wrong })).toMatchObject({ credential: null, report: { ok: false } });
    expect([...bucket.entries.keys()]).toEqual(stored);
    expect(await admit({ target_id: 'tgt-2', connection })).toMatchObject({ credential: { version: 1 }, report: { ok: true } });
  });
  it('is refused by who may not apply there, and for a runtime that is switched off', async () => {
    const viewer = { principal: { ...caller.principal, permissions: EMBEDDED_ROLES.viewer } } as unknown as CallerContext;
    await expect(handler.execute(new AdmitTarget(request, viewer))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(admit({ runtime_type: 'k8s' })).rejects.toMatchObject({
      code: 'runtime_off',
      message: expect.stringContaining("use compose, or have the operator add 'k8s' to SLIPWAY_RUNTIMES"),
    });
  });
});
