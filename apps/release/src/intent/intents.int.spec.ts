import {
  EMBEDDED_ROLES,
  type EnvironmentPolicy,
  type Grant,
  type IntentView,
  type PreviewView,
  type RecordIntent,
  type ReleaseView,
} from '@slipway/contracts';
import { eventually } from '@slipway/testing';
import { good } from '../artifact/bundle/bundle.fixture';
import { startRelease, type Caller, type ReleaseUnderTest } from '../release-service.fixture';

/** Intents through RPC, on the release service's own releases: what a confirmation does is what REST would have done. */
describe('intents', () => {
  let world: ReleaseUnderTest;
  let developer: Caller;
  let dev: string;
  let names = 0;

  beforeAll(async () => {
    world = await startRelease();
    developer = world.as('developer');
    await world.others.project('demo');
    const policy: Partial<EnvironmentPolicy> = { approval_for: ['rollback'], rollback_without_ticket: ['human'] };
    dev = await world.others.environment('demo', 'dev', 'development', policy);
    await world.others.target('demo', dev, 'main');
    await world.others.target('demo', await world.others.environment('demo', 'prod', 'production'), 'main');
  }, 60_000);
  afterAll(() => world?.stop());

  async function preview(environment: string, by = developer): Promise<PreviewView> {
    const service = `intended-${++names}`;
    await developer.call('create-service', { project: 'demo', name: service });
    const upload = await world.upload(await good({ name: 'version', content: '1' }));
    await developer.call('register-artifact', { project: 'demo', service, version: '1', source_revision: 'abc', upload });
    return by.call('preview-release', { project: 'demo', service, artifact: '1', environment });
  }
  const record = (outcome: RecordIntent['outcome'], by = developer): Promise<IntentView> =>
    by.call('record-intent', { project: 'demo', asked: { utterance: 'spec', understood: null, understood_by: 'grammar' }, outcome });
  const proposing = async (environment: string, by = developer): Promise<IntentView> =>
    record({ propose: { act: 'apply', release_id: (await preview(environment, by)).release_id } }, by);
  const confirm = (intent: IntentView, by: Caller, previewRef = intent.proposal!.preview_ref): Promise<IntentView> =>
    by.call('confirm-intent', { id: intent.intent_id, preview_ref: previewRef });
  /** As seen by somebody who knows that it was made. */
  const releaseOf = (intent: IntentView, by = developer): Promise<ReleaseView> =>
    by.call('get-release', { id: intent.proposal!.release_id });

  it('propose on a preview, and do on confirmation what apply does', async () => {
    const intent = await proposing('dev');
    expect(intent).toMatchObject({
      status: 'proposed',
      asked_by: 'developer',
      proposal: { act: 'apply', title: expect.stringContaining('dev/main'), approval_required: false },
    });
    expect(await developer.call('get-intent', { id: intent.intent_id })).toEqual(intent);
    expect(await releaseOf(intent)).toMatchObject({ status: 'previewed', preview_ref: intent.proposal!.preview_ref });
    const confirmed = await confirm(intent, developer);
    expect(confirmed).toMatchObject({ status: 'confirmed', confirmed_by: 'developer', confirmed_act: 'apply', approval_ticket: null });
    expect(await releaseOf(intent)).toMatchObject({ status: 'approved' });
    expect(await confirm(intent, developer)).toEqual(confirmed);
    expect((await developer.call('list-intents', { project: 'demo', status: 'confirmed' })).items).toContainEqual(confirmed);
  });

  it('open a ticket where policy asks for one, shared with everybody else', async () => {
    const confirmed = await confirm(await proposing('prod', world.as('agent')), developer);
    const release = await releaseOf(confirmed);
    expect(release).toMatchObject({ status: 'pending_approval', requested_by: 'developer', requested_by_type: 'human' });
    expect(confirmed.approval_ticket).toBe(release.approval_ticket);
  });

  it('are confirmed by people alone, who may do what is proposed', async () => {
    const agent = world.as('agent');
    const intent = await proposing('dev', agent);
    await expect(confirm(intent, agent)).rejects.toMatchObject({ code: 'agent_cannot_confirm' });
    await expect(confirm(intent, world.as('viewer'))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(confirm(intent, developer, `sha256:${'0'.repeat(64)}`)).rejects.toMatchObject({ code: 'preview_mismatch' });
    await expect(confirm(intent, world.as('developer', { projects: ['elsewhere'] }))).rejects.toMatchObject({ code: 'unknown_resource' });
    await expect(confirm(intent, world.as('developer', { environments: ['env-elsewhere'] }))).rejects.toMatchObject({
      code: 'unknown_resource',
    });
    expect(await releaseOf(intent, agent)).toMatchObject({ status: 'previewed' });
    const reader = { projects: ['demo'], environments: ['*'], permissions: [...EMBEDDED_ROLES.viewer] };
    const inDev: Grant = { projects: ['demo'], environments: [dev], permissions: [...EMBEDDED_ROLES.developer] };
    const elsewhere = { ...inDev, environments: ['env-elsewhere'] };
    const mia = (held: Grant): Caller => world.as('viewer', { ...reader, actorId: 'mia', grants: [reader, held] });
    await expect(confirm(intent, mia(elsewhere))).rejects.toMatchObject({ code: 'forbidden' });
    expect(await confirm(intent, mia(inDev))).toMatchObject({ status: 'confirmed', confirmed_by: 'mia' });
  });

  it('are confirmed once by fifty people at once', async () => {
    const intent = await proposing('dev');
    const crowd = Array.from({ length: 50 }, (_, index) => world.as('developer', { actorId: `dev-${index}` }));
    const views = await Promise.all(crowd.map((one) => confirm(intent, one)));
    expect(new Set(views.map(({ confirmed_by, version }) => `${confirmed_by} ${version}`)).size).toBe(1);
    const release = await releaseOf(intent);
    expect(release).toMatchObject({ status: 'approved', version: 2 });
  });

  it('say what a rollback would restore, and refuse when it is something else by now', async () => {
    const first = await preview('dev');
    const deploy = async (view: PreviewView): Promise<void> => {
      const approved = await developer.call('apply-release', { id: view.release_id, preview_ref: view.preview_ref });
      await world.executor.succeed(approved);
      await eventually(async () => {
        const { status } = await developer.call('get-release', { id: view.release_id });
        return status === 'applied';
      });
    };
    await deploy(first);
    const again = () =>
      developer.call('preview-release', {
        project: 'demo',
        service: first.service_id,
        artifact: first.artifact_id,
        environment: 'dev',
        variables: { GREETING: 'two' },
      });
    const second = await again();
    await expect(record({ propose: { act: 'roll_back', release_id: first.release_id } })).rejects.toMatchObject({
      code: 'rollback_unavailable',
    });
    await deploy(second);
    const intent = await record({ propose: { act: 'roll_back', release_id: second.release_id } });
    const restores = { to_release_id: first.release_id, preview_ref: first.preview_ref };
    // Rollbacks need a ticket there, but not those of people, and only people confirm.
    expect(intent.proposal).toMatchObject({ act: 'roll_back', ...restores, approval_required: false });
    const confirmed = await confirm(intent, developer);
    expect(confirmed.status).toBe('confirmed');
    expect((await releaseOf(confirmed)).rollback).toMatchObject({ status: 'requested', automatic: false, to_release_id: first.release_id });
  });

  it('are withdrawn, answered, and asked back', async () => {
    const intent = await proposing('dev');
    await expect(world.as('viewer').call('cancel-intent', { id: intent.intent_id })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await developer.call('cancel-intent', { id: intent.intent_id, reason: 'no' })).toMatchObject({ status: 'cancelled' });
    await expect(confirm(intent, developer)).rejects.toMatchObject({ code: 'intent_not_confirmable' });
    const viewer = world.as('viewer');
    const answered = await record({ answer: { text: 'Nothing.', release_ids: [], ticket_ids: [] } }, viewer);
    expect(answered).toMatchObject({ status: 'answered', answer: { text: 'Nothing.' }, asked_by: 'viewer' });
    const conversation = await viewer.call('list-intents', { conversation: answered.conversation_id });
    expect(conversation.items).toEqual([answered]);
  });
});
