import { deriveId, digestOf, type Permission, type PreviewView, type RpcRequest } from '@slipway/contracts';
import { good } from '../../../artifact/bundle/bundle.fixture';
import { startRelease, type Caller, type ReleaseUnderTest } from '../../../release-service.fixture';

describe('a preview', () => {
  let world: ReleaseUnderTest;
  let developer: Caller;
  beforeAll(async () => {
    world = await startRelease();
    developer = world.as('developer');
    for (const project of ['demo', 'foreign']) {
      await world.others.project(project);
      const prod = await world.others.environment(project, 'prod', 'production');
      await world.others.target(project, prod, 'main');
      await developer.call('create-service', { project, name: 'hello' });
      const upload = await world.upload(await good());
      await developer.call('register-artifact', { project, service: 'hello', version: '1', upload });
    }
    const dev = await world.others.environment('demo', 'dev', 'development');
    await world.others.target('demo', dev, 'east');
    await world.others.target('demo', dev, 'west');
    await developer.call('create-service', { project: 'demo', name: 'second' });
  }, 60_000);
  afterAll(() => world?.stop());

  type Request = RpcRequest<'release', 'preview-release'>;
  const request = (given: Partial<Request> = {}): Request => ({
    project: 'demo',
    service: 'hello',
    artifact: '1',
    environment: 'prod',
    ...given,
  });
  const preview = (given: Partial<Request> = {}, by = developer): Promise<PreviewView> => by.call('preview-release', request(given));

  it('is content-addressed, and says what will happen, how risky it is, who must approve, and until when', async () => {
    world.executor.plan.actions = [
      { ordinal: 1, verb: 'run', kind: 'hook', name: 'migrate', summary: 'changes the database', one_way: true },
    ];
    const made = await preview({ strategy: 'canary', reason: 'faster checkout' });
    world.executor.plan.actions = [];
    expect(made.preview_ref).toBe(digestOf(made.preview));
    expect(made.preview.manifest_digest).toBe(digestOf(made.manifest));
    expect(made).toMatchObject({
      reason: 'faster checkout',
      risk: 'high',
      strategy: { type: 'canary', steps: [{ percent: 10 }, { percent: 50 }, { percent: 100 }] },
      preview: {
        actions: [{ name: 'migrate', one_way: true }],
        risk: { reasons: ['prod is a production environment', expect.stringContaining('nothing ran'), 'a rollback cannot undo migrate'] },
        approval: {
          required: true,
          permission: 'deploy:release:approve',
          quorum: 1,
          four_eyes: true,
          rule: expect.stringContaining('prod'),
        },
      },
    });
    expect(Date.parse(made.preview.expires_at) - Date.parse(made.previewed_at)).toBe(15 * 60_000);
    expect(made.preview.checks).toContainEqual(expect.objectContaining({ name: 'change-traceable', result: 'warn' }));
  });

  it('of an agent is riskier, and is the same kind of release', async () => {
    const [human, agent] = [await preview(), await preview({}, world.as('agent'))];
    expect(agent).toMatchObject({ requested_by: 'agent', requested_by_type: 'agent', status: 'previewed' });
    expect(agent.preview.risk.reasons).toEqual([...human.preview.risk.reasons, 'proposed by an agent']);
  });

  it('repeated with the same command is the same, with other content refused', async () => {
    const commandId = deriveId('command', 'again');
    const options = { commandId, requestDigest: digestOf('one') };
    const first = await developer.call('preview-release', request(), options);
    expect(await developer.call('preview-release', request(), options)).toEqual(first);
    const reused = developer.call('preview-release', request(), { commandId, requestDigest: digestOf('other') });
    await expect(reused).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    expect(await world.log.read({ projectId: 'demo', type: 'release', id: first.release_id })).toHaveLength(1);
  });

  it('takes ids as well as names, and the only target of an environment', async () => {
    const byName = await preview();
    const byId = await preview({
      service: byName.service_id,
      artifact: byName.artifact_id,
      environment: byName.environment_id,
      target: byName.target_id,
    });
    expect(byId).toMatchObject({ slot_id: byName.slot_id, target_name: 'main', artifact_version: '1' });
    await expect(preview({ environment: 'dev' })).rejects.toMatchObject({
      code: 'invalid_reference',
      details: { choices: ['east', 'west'] },
    });
    expect(await preview({ environment: 'dev', target: 'west' })).toMatchObject({ target_name: 'west' });
  });

  it.each([
    ['project', { project: 'nowhere' }, 'unknown_resource'],
    ['service', { service: 'nothing' }, 'unknown_resource'],
    ['artifact', { artifact: '9.9.9' }, 'unknown_resource'],
    ['environment', { environment: 'moon' }, 'unknown_resource'],
    ['target', { target: 'north' }, 'unknown_resource'],
    ['artifact of another service', { service: 'second', artifact: deriveId('artifact', 'x') }, 'unknown_resource'],
    ['secret', { variables: { TOKEN: { secret_ref: 'missing' } } }, 'unknown_resource'],
  ] as const)('of an unknown %s is refused, and appends nothing', async (_, given, code) => {
    const before = await world.log.position();
    await expect(preview(given)).rejects.toMatchObject({ code });
    expect(await world.log.position()).toBe(before);
  });

  it('does not mix what does not belong together', async () => {
    const { artifact_id, target_id } = await preview();
    await expect(preview({ service: 'second', artifact: artifact_id })).rejects.toMatchObject({ code: 'invalid_reference' });
    await expect(preview({ environment: 'dev', target: target_id })).rejects.toMatchObject({ code: 'invalid_reference' });
  });

  it('does not take a name that is no name for a variable', async () => {
    const variables = JSON.parse('{"__proto__":"x"}') as Request['variables'];
    await expect(preview({ variables })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('keeps the value of a secret out of every event and row', async () => {
    const secret = 'correct horse battery staple';
    const made = await preview({ variables: { PLAIN: 'shown', TOKEN: { secret }, STORED: { secret_ref: 'api-key' } } });
    expect(made.variables).toMatchObject({ PLAIN: 'shown', TOKEN: { version: 1 }, STORED: { secret_ref: 'api-key', version: 1 } });
    const events = await world.log.read({ projectId: 'demo', type: 'release', id: made.release_id });
    expect(JSON.stringify([made, events])).not.toContain(secret);
    expect(world.executor.requests.filter((text) => text.includes(secret)).every((text) => text.startsWith('seal-secret'))).toBe(true);
    const row = await developer.call('get-release', { id: made.release_id });
    expect(JSON.stringify(row)).not.toContain(secret);
  });

  it("answers another project's resources as unknown ones, in every verb", async () => {
    const theirs = await preview({ project: 'foreign' });
    const outsider = world.as('developer', { projects: ['demo'] });
    const id = theirs.release_id;
    const unknown = deriveId('release', 'never');
    for (const verb of ['get-release', 'get-preview', 'apply-release', 'rollback-release', 'cancel-release', 'resume-release'] as const) {
      const answers = await Promise.all([id, unknown].map((ref) => outsider.call(verb, { id: ref }).catch((error: unknown) => error)));
      const [foreign, missing] = answers.map((error) => JSON.stringify(error).replaceAll(id, '?').replaceAll(unknown, '?'));
      expect([verb, foreign]).toEqual([verb, missing]);
      expect(answers[0]).toMatchObject({ code: 'unknown_resource' });
      await expect(outsider.call(verb, { id, project: 'foreign' })).rejects.toMatchObject({ code: 'unknown_resource' });
      await expect(outsider.call(verb, { id, project: 'demo' })).rejects.toMatchObject({ code: 'unknown_resource' });
    }
    await expect(preview({ project: 'foreign' }, outsider)).rejects.toMatchObject({ code: 'unknown_resource' });
    for (const verb of ['list-releases', 'list-services', 'list-artifacts', 'list-changes'] as const) {
      const { items } = await outsider.call(verb, {});
      expect([verb, items.filter(({ project_id }) => project_id !== 'demo')]).toEqual([verb, []]);
      await expect(outsider.call(verb, { project: 'foreign' })).rejects.toMatchObject({ code: 'unknown_resource' });
    }
    await expect(outsider.call('get-service', { id: theirs.service_id })).rejects.toMatchObject({ code: 'unknown_resource' });
    await expect(outsider.call('get-artifact', { id: theirs.artifact_id })).rejects.toMatchObject({ code: 'unknown_resource' });
  });

  it('stays within the environments of the caller', async () => {
    const made = await preview();
    const confined = world.as('developer', { environments: [deriveId('environment', 'other')] });
    await expect(preview({}, confined)).rejects.toMatchObject({ code: 'unknown_resource' });
    await expect(confined.call('get-release', { id: made.release_id })).rejects.toMatchObject({ code: 'unknown_resource' });
    await expect(confined.call('apply-release', { id: made.release_id, preview_ref: made.preview_ref })).rejects.toMatchObject({
      code: 'unknown_resource',
    });
    expect((await confined.call('list-releases', {})).items).toEqual([]);
  });

  it('needs its permission, as every verb does', async () => {
    const { release_id: id, preview_ref } = await preview();
    const without = (permission: Permission) => world.as('admin', { permissions: ALL.filter((one) => one !== permission) });
    const refused = async (call: Promise<unknown>, permission: Permission) =>
      expect(await call.catch((error: unknown) => error)).toMatchObject({ code: 'forbidden', details: { permission } });
    const propose = without('deploy:release:apply');
    await refused(propose.call('preview-release', request()), 'deploy:release:apply');
    await refused(propose.call('apply-release', { id, preview_ref }), 'deploy:release:apply');
    await refused(propose.call('cancel-release', { id }), 'deploy:release:apply');
    await refused(propose.call('resume-release', { id }), 'deploy:release:apply');
    await refused(propose.call('create-service', { project: 'demo', name: 'x' }), 'deploy:release:apply');
    await refused(
      propose.call('record-change', { project: 'demo', services: ['hello'], source_revision: 'x', summary: 'x' }),
      'deploy:release:apply',
    );
    await refused(
      propose.call('register-artifact', { project: 'demo', service: 'hello', version: '2', upload: 'none' }),
      'deploy:release:apply',
    );
    await refused(without('deploy:release:rollback').call('rollback-release', { id }), 'deploy:release:rollback');
    for (const verb of ['get-release', 'get-preview', 'get-service', 'get-artifact', 'get-change'] as const) {
      await refused(without('deploy:release:read').call(verb, { id }), 'deploy:release:read');
    }
    for (const verb of ['list-releases', 'list-services', 'list-artifacts', 'list-changes'] as const) {
      await refused(without('deploy:release:read').call(verb, {}), 'deploy:release:read');
    }
    await refused(without('deploy:release:approve').call('rebuild-projection', { name: 'release-list' }), 'deploy:release:approve');
  });

  const ALL: readonly Permission[] = [
    'deploy:release:read',
    'deploy:release:apply',
    'deploy:release:rollback',
    'deploy:release:approve',
    'deploy:approval:read',
    'deploy:approval:review',
  ];
});
