import { EMBEDDED_ROLES, PERMISSIONS, UNLIMITED, type CredentialLimits, type Principal } from '@slipway/contracts';
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
    await ann.call('rotate-token', { ...made, secret_digest: `sha256:${'b'.repeat(64)}`, overlap_s: 0 });
    await ann.call('revoke-token', made);
    expect(await refused(ann.call('rotate-token', { ...made, secret_digest, overlap_s: 0 }))).toBe('resource_deleted');
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
});
