import { EMBEDDED_ROLES, environmentId, PERMISSIONS, UNLIMITED, type CredentialLimits, type Principal } from '@slipway/contracts';
import { startProvisioning, type Caller, type ProvisioningUnderTest } from '../provisioning.fixture';

const secret_digest = `sha256:${'a'.repeat(64)}`;
const credential: CredentialLimits = { base: [], scope: [UNLIMITED], token_id: null, child_expires_at: null };
const GOVERN: Principal['permissions'] = ['deploy:release:read', 'deploy:release:apply', 'deploy:release:approve'];

describe('identity and permission', () => {
  let service: ProvisioningUnderTest;
  let admin: Caller;
  const governor = (scope: Partial<Principal> = {}): Caller =>
    service.as('developer', { actorId: 'lead', permissions: GOVERN, projects: ['alpha'], ...scope });
  const refused = async (act: Promise<unknown>): Promise<string> =>
    act.then(
      () => 'done',
      (error: { code: string }) => error.code,
    );

  beforeAll(async () => {
    service = await startProvisioning();
    admin = service.as('admin');
    await admin.call('create-project', { name: 'alpha', team: 'web' });
    await admin.call('create-project', { name: 'beta' });
    await admin.call('create-environment', { project: 'alpha', name: 'dev', type: 'development' });
  }, 60_000);
  afterAll(() => service?.stop());

  it('makes accounts where the caller governs, and nowhere else', async () => {
    expect(await governor().call('create-account', { project: 'alpha', name: 'ci', kind: 'service' })).toMatchObject({
      project_id: 'alpha',
    });
    expect(await refused(governor().call('create-account', { project: 'beta', name: 'ci', kind: 'service' }))).toBe('unknown_resource');
    expect(await refused(governor().call('create-account', { name: 'ci', kind: 'service' }))).toBe('forbidden');
    const developer = service.as('developer', { projects: ['alpha'] });
    expect(await refused(developer.call('create-account', { project: 'alpha', name: 'x', kind: 'agent' }))).toBe('forbidden');
    expect(await refused(admin.call('create-account', { project: 'nowhere', name: 'x', kind: 'agent' }))).toBe('unknown_resource');
  });

  it('lets nobody hand out more than he holds there', async () => {
    const subject = { kind: 'actor', ref: 'bob' } as const;
    expect(await refused(governor().call('create-binding', { role: 'admin', subject, project: 'alpha' }))).toBe('forbidden');
    expect(await refused(governor().call('create-binding', { role: 'viewer', subject, project: 'beta' }))).toBe('unknown_resource');
    await admin.call('define-role', { name: 'reader', permissions: ['deploy:release:read'] });
    const bound = await governor().call('create-binding', { role: 'reader', subject, project: 'alpha', environment: 'dev' });
    expect(await refused(governor().call('create-binding', { role: 'reader', subject, project: 'alpha', environment: 'dev' }))).toBe(
      'already_exists',
    );
    await governor().call('delete-binding', bound);
    expect(await refused(governor().call('define-role', { name: 'own', permissions: ['deploy:release:read'] }))).toBe('forbidden');
    expect(await refused(admin.call('create-binding', { role: 'nothing', subject, project: 'alpha' }))).toBe('unknown_resource');
    expect(await refused(admin.call('create-binding', { role: 'viewer', subject, team: 'nobody' }))).toBe('unknown_resource');
  });

  it('judges what is handed out by what is held in that very scope', async () => {
    const grants = [
      { permissions: GOVERN, projects: ['alpha', 'beta'], environments: ['*'] },
      { permissions: EMBEDDED_ROLES.approver, projects: ['beta'], environments: ['*'] },
    ];
    const mixed = service.as('developer', { actorId: 'mixed', permissions: GOVERN, projects: ['alpha', 'beta'], grants });
    const subject = { kind: 'actor', ref: 'eve' } as const;
    expect(await refused(mixed.call('create-binding', { role: 'approver', subject, project: 'alpha' }))).toBe('forbidden');
    expect(await refused(mixed.call('create-binding', { role: 'approver', subject, project: 'beta' }))).toBe('done');
  });

  it('never lets an agent hand out access', async () => {
    const agent = service.as('agent', { permissions: [...PERMISSIONS] });
    const token = { kind: 'personal', name: 'more', secret_digest, credential } as const;
    expect(await refused(agent.call('create-token', token))).toBe('forbidden');
    expect(await refused(agent.call('create-binding', { role: 'viewer', subject: { kind: 'actor', ref: 'x' } }))).toBe('forbidden');
    expect(await refused(agent.call('create-account', { name: 'x', kind: 'agent' }))).toBe('forbidden');
    expect(await refused(agent.call('change-team', { name: 'web', members: ['agent'] }))).toBe('forbidden');
  });

  it('makes a token once for one command, and lets only its owner end it', async () => {
    const commandId = 'cmd-000000000000000000000001';
    const ann = service.as('viewer', { actorId: 'ann', projects: ['alpha'] });
    const token = { kind: 'personal', name: 'laptop', secret_digest, credential } as const;
    const made = await ann.call('create-token', token, { commandId });
    expect(await ann.call('create-token', token, { commandId })).toEqual(made);
    expect(await refused(governor().call('revoke-token', made))).toBe('forbidden');
    await ann.call('rotate-token', { ...made, secret_digest: `sha256:${'b'.repeat(64)}`, overlap_s: 0, credential });
    await ann.call('revoke-token', made);
    expect(await refused(ann.call('rotate-token', { ...made, secret_digest, overlap_s: 0, credential }))).toBe('resource_deleted');
    const wide = { ...token, permissions: ['deploy:release:approve'] as const };
    expect(await refused(ann.call('create-token', { ...wide, permissions: [...wide.permissions] }))).toBe('forbidden');
  });

  it('gives an account’s tokens to who governs its project, a delegate’s to the person behind it', async () => {
    const account = await admin.call('create-account', { project: 'alpha', name: 'bot', kind: 'agent' });
    const token = { kind: 'account', name: 'run', secret_digest, credential } as const;
    expect(await refused(governor().call('create-token', { ...token, account }))).toBe('done');
    expect(await refused(service.as('viewer', { projects: ['alpha'] }).call('create-token', { ...token, account }))).toBe('forbidden');
    await governor().call('disable-account', account);
    expect(await refused(governor().call('create-token', { ...token, account }))).toBe('resource_deleted');
    const ann = service.as('developer', { actorId: 'ann', projects: ['alpha'] });
    const parent = { actor_id: 'somebody-else', base: [], scope: [], token_id: null, expires_at: null };
    const delegate = await ann.call('create-delegate', { name: 'helper', kind: 'agent', parent });
    expect(await refused(ann.call('create-token', { ...token, account: delegate }))).toBe('done');
    expect(await refused(governor().call('create-token', { ...token, account: delegate }))).toBe('forbidden');
  });

  it('gives a token’s new secret to nobody who could not have made that token', async () => {
    const account = await admin.call('create-account', { project: 'alpha', name: 'wide', kind: 'service' });
    const token = { kind: 'account', name: 'run', secret_digest, credential, account } as const;
    const ofPlatform = await admin.call('create-token', token);
    const ofGovernor = await governor().call('create-token', token);
    const rotation = { secret_digest: `sha256:${'c'.repeat(64)}`, overlap_s: 0, credential };
    const attempt = governor().call('rotate-token', { ...ofPlatform, ...rotation });
    await expect(attempt).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('revoke it and make one of your own'),
    });
    expect(await refused(admin.call('rotate-token', { ...ofPlatform, ...rotation }))).toBe('done');
    expect(await refused(governor().call('rotate-token', { ...ofGovernor, ...rotation }))).toBe('done');
    expect(
      await refused(governor({ environments: ['env-000000000000000000000001'] }).call('rotate-token', { ...ofGovernor, ...rotation })),
    ).toBe('forbidden');
    expect(await refused(governor().call('revoke-token', ofPlatform))).toBe('done');
  });

  it('gives a wide token’s new secret to no narrower credential of the same person', async () => {
    const ann = service.as('viewer', { actorId: 'ann', projects: ['alpha'] });
    const wide = await ann.call('create-token', { kind: 'personal', name: 'all', secret_digest, credential });
    const scope = [{ ...UNLIMITED, permissions: ['deploy:release:read'] as const }];
    const rotation = { ...wide, secret_digest: `sha256:${'d'.repeat(64)}`, overlap_s: 0 };
    expect(await refused(ann.call('rotate-token', { ...rotation, credential: { ...credential, scope } }))).toBe('forbidden');
    expect(await refused(ann.call('rotate-token', { ...rotation, credential }))).toBe('done');
    const issued = { ...credential, base: [UNLIMITED] };
    const claims = await ann.call('create-token', { kind: 'personal', name: 'claims', secret_digest, credential: issued });
    expect(await refused(ann.call('rotate-token', { ...rotation, ...claims, credential }))).toBe('forbidden');
    expect(await refused(ann.call('rotate-token', { ...rotation, ...claims, credential: issued }))).toBe('done');
  });

  describe('who governs one environment', () => {
    const subject = { kind: 'actor', ref: 'carl' } as const;
    const ofDev = (): Caller => governor({ actorId: 'dev-lead', environments: [environmentId('alpha', 'dev')] });

    it('hands out access in it', async () => {
      await admin.call('define-role', { name: 'looker', permissions: ['deploy:release:read'] });
      const made = await ofDev().call('create-binding', { role: 'looker', subject, project: 'alpha', environment: 'dev' });
      expect(await refused(ofDev().call('delete-binding', made))).toBe('done');
    });

    it('does not take back or hand out what is the whole project’s', async () => {
      const made = await governor().call('create-binding', { role: 'looker', subject, project: 'alpha' });
      expect(await refused(ofDev().call('delete-binding', made))).toBe('forbidden');
      expect(await refused(ofDev().call('create-binding', { role: 'looker', subject, project: 'alpha' }))).toBe('forbidden');
      expect(await refused(governor().call('delete-binding', made))).toBe('done');
    });

    it('does not govern the platform, be it of every project', async () => {
      const everywhere = governor({ projects: ['*'], environments: [environmentId('alpha', 'dev')] });
      expect(await refused(everywhere.call('change-team', { name: 'web', members: ['dev-lead'] }))).toBe('forbidden');
      expect(await refused(everywhere.call('create-account', { name: 'mine', kind: 'service' }))).toBe('forbidden');
      expect(await refused(everywhere.call('create-project', { name: 'gamma' }))).toBe('forbidden');
    });

    it('does not govern the project’s accounts and their tokens', async () => {
      expect(await refused(ofDev().call('create-account', { project: 'alpha', name: 'mine', kind: 'service' }))).toBe('forbidden');
      const account = await governor().call('create-account', { project: 'alpha', name: 'theirs', kind: 'service' });
      const token = { kind: 'account', name: 'run', secret_digest, credential, account } as const;
      expect(await refused(ofDev().call('create-token', token))).toBe('forbidden');
      expect(await refused(ofDev().call('disable-account', account))).toBe('forbidden');
      expect(await refused(ofDev().call('enable-account', account))).toBe('forbidden');
      const made = await governor().call('create-token', token);
      expect(await refused(ofDev().call('revoke-token', made))).toBe('forbidden');
      expect(await refused(ofDev().call('rotate-token', { ...made, secret_digest, overlap_s: 0, credential }))).toBe('forbidden');
    });
  });
});
