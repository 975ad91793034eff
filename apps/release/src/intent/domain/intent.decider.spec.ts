import { deriveId, type Asked, type IntentEvent, type NewIntentEvent, type Proposal } from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import { cancelIntent, confirmIntent, expireIntent, recordIntent, type Confirmation } from './intent.decider';
import { intentType, type IntentState } from './intent.state';

const id = deriveId('intent', 'spec');
const ref = `sha256:${'a'.repeat(64)}`;
const asked: Asked = { utterance: 'deploy hello 1 to dev', understood: { kind: 'deploy', service: 'hello' }, understood_by: 'grammar' };
const proposal: Proposal = {
  act: 'apply',
  release_id: deriveId('release', 'spec'),
  to_release_id: null,
  preview_ref: ref,
  title: 'Deploy hello 1 to dev/local',
  approval_required: false,
  warnings: [],
  expires_at: '2026-01-01T00:30:00.000Z',
};
const environmentId = deriveId('environment', 'demo', 'dev');
const proposed: NewIntentEvent = {
  action: 'intent.proposed',
  status: 'proposed',
  teamId: '_',
  environmentId,
  previewRef: ref,
  detail: { asked, release_id: proposal.release_id, proposal },
};
const answered: NewIntentEvent = {
  action: 'intent.answered',
  status: 'answered',
  teamId: '_',
  detail: { asked, answer: { text: 'Nothing.', release_ids: [], ticket_ids: [] } },
};
const confirmed: NewIntentEvent = {
  action: 'intent.confirmed',
  status: 'confirmed',
  previewRef: ref,
  detail: { act: 'apply', release_id: proposal.release_id, preview_ref: ref, confirmed_by: 'ada', ticket_id: null },
};
const expired: NewIntentEvent = { action: 'intent.expired', status: 'expired', detail: { expired_at: proposal.expires_at } };
const cancelled: NewIntentEvent = { action: 'intent.cancelled', status: 'cancelled', detail: { reason: null } };

const ada: Confirmation = { by: { actorId: 'ada', actorType: 'human' }, previewRef: ref, now: '2026-01-01T00:00:00.000Z' };
const confirm =
  (given: Partial<Confirmation> = {}) =>
  (intent: IntentState) =>
    confirmIntent(id, { ...ada, ...given }, null, intent);
const given = (...events: NewIntentEvent[]) =>
  new DeciderSpec<IntentState, IntentEvent, NewIntentEvent>(intentType, { projectId: 'demo', type: 'intent', id }).given(...events);

describe('an intent', () => {
  it('is kept with what came of it, once', async () => {
    await given()
      .when((intent) => recordIntent(asked, { proposal, environmentId }, '_', intent))
      .thenEvents(proposed);
    await given(proposed)
      .when((intent) => recordIntent(asked, { proposal, environmentId }, '_', intent))
      .thenNothing();
    const question = { text: 'Which?', candidates: [{ label: 'hello', intent: { kind: 'deploy' as const, service: 'hello' } }] };
    await given()
      .when((intent) => recordIntent(asked, { question }, '_', intent))
      .thenEvents({ action: 'intent.clarification_asked', status: 'clarification', teamId: '_', detail: { asked, question } });
  });

  it('is confirmed by a person who quotes what was proposed, once', async () => {
    await given(proposed).when(confirm()).thenEvents(confirmed);
    await given(proposed, confirmed).when(confirm()).thenNothing();
    await given(proposed)
      .when(confirm({ previewRef: undefined }))
      .thenRefused('preview_required');
    await given(proposed)
      .when(confirm({ previewRef: `sha256:${'b'.repeat(64)}` }))
      .thenRefused('preview_mismatch');
  });

  it.each(['agent', 'service'])('is never confirmed by an actor of type %s', (actorType) =>
    given(proposed)
      .when(confirm({ by: { actorId: 'robot', actorType } }))
      .thenRefused('agent_cannot_confirm'),
  );

  it('runs out', async () => {
    await given(proposed)
      .when(confirm({ now: proposal.expires_at }))
      .thenRefused('preview_expired');
    await given(proposed)
      .when((intent) => expireIntent(proposal.expires_at, intent))
      .thenEvents(expired);
    await given(proposed)
      .when((intent) => expireIntent(ada.now, intent))
      .thenNothing();
    await given(proposed, confirmed)
      .when((intent) => expireIntent(proposal.expires_at, intent))
      .thenNothing();
    await given(proposed, expired).when(confirm()).thenRefused('preview_expired');
  });

  it('is withdrawn while it waits, and then cannot be confirmed', async () => {
    await given(proposed)
      .when((intent) => cancelIntent(id, null, intent))
      .thenEvents(cancelled);
    await given(proposed, cancelled)
      .when((intent) => cancelIntent(id, null, intent))
      .thenNothing();
    await given(proposed, cancelled).when(confirm()).thenRefused('intent_not_confirmable');
    await given(proposed, confirmed)
      .when((intent) => cancelIntent(id, null, intent))
      .thenRefused('intent_not_confirmable');
  });

  it('that was answered has nothing to confirm', async () => {
    await given(answered).when(confirm()).thenRefused('intent_not_confirmable');
    await given().when(confirm()).thenRefused('unknown_resource');
  });
});
