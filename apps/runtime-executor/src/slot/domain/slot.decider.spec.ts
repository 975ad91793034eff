import { deriveId, digestOf, type NewSlotEvent } from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import { deploy, hold, recordDrift, restore, resume, type DriftReading } from './slot.decider';
import { slotType, type Deployment } from './slot.state';

const environmentId = deriveId('environment', 'shop', 'dev');
const slot = () => new DeciderSpec(slotType, { projectId: 'shop', type: 'slot', id: deriveId('slot', 'spec') });
const deployment = (name: string): Deployment => ({
  releaseId: deriveId('release', name),
  executionId: deriveId('execution', name),
  fence: 7,
  serviceId: deriveId('service', 'shop', 'web'),
  serviceName: 'web',
  targetId: deriveId('target', 'dev'),
  artifactId: deriveId('artifact', name),
  artifactVersion: name,
  artifactDigest: digestOf(name),
  manifestDigest: digestOf(`m${name}`),
  url: 'http://127.0.0.1:4000',
});
const first = deployment('v1');
const second = deployment('v2');
const detail = (of: Deployment) => ({
  release_id: of.releaseId,
  execution_id: of.executionId,
  fence: of.fence,
  service_id: of.serviceId,
  service_name: of.serviceName,
  target_id: of.targetId,
  artifact_id: of.artifactId,
  artifact_version: of.artifactVersion,
  artifact_digest: of.artifactDigest,
  manifest_digest: of.manifestDigest,
  url: of.url,
});
const deployed = (of: Deployment, previous: string | null = null): NewSlotEvent => ({
  action: 'slot.deployed',
  status: 'serving',
  environmentId,
  detail: { ...detail(of), previous_release_id: previous },
});
const held: NewSlotEvent = { action: 'slot.held', status: 'held', environmentId, detail: { reason: 'incident', by: 'ada' } };
const finding = { kind: 'missing' as const, what: 'web-1', detail: 'exited 3 s ago' };
const drifted: NewSlotEvent = {
  action: 'slot.drifted',
  status: 'drifted',
  environmentId,
  detail: { release_id: first.releaseId, findings: [finding] },
};

describe('deploying into a slot', () => {
  it('records what runs and what ran before', () =>
    slot()
      .given(deployed(first))
      .when((state) => deploy(state, { deployment: second, environmentId, overExecutionId: first.executionId }))
      .thenEvents(deployed(second, first.releaseId)));
  it('is one fact, however often the execution comes back to it', () =>
    slot()
      .given(deployed(first))
      .when((state) => deploy(state, { deployment: first, environmentId, overExecutionId: null }))
      .thenNothing());
  it('is refused when something else came in between', () =>
    slot()
      .given(deployed(first))
      .when((state) => deploy(state, { deployment: second, environmentId, overExecutionId: null }))
      .thenRefused('slot_busy'));
});

describe('restoring an earlier release', () => {
  const back = { deployment: { ...first, executionId: deriveId('execution', 'back') }, environmentId, overExecutionId: second.executionId };
  it("brings the hold of a person's rollback", async () => {
    const placed = { reason: 'rolled back', by: 'ada', since: '2026-01-01T00:00:00.000Z' };
    await slot()
      .given(deployed(first), deployed(second, first.releaseId))
      .when((state) => restore(state, { ...back, fromReleaseId: second.releaseId, hold: placed }))
      .thenEvents({
        action: 'slot.restored',
        status: 'held',
        environmentId,
        detail: { ...detail(back.deployment), from_release_id: second.releaseId, hold: placed },
      });
  });
  it('keeps a hold that is there', () => {
    const restored: NewSlotEvent = {
      action: 'slot.restored',
      status: 'serving',
      environmentId,
      detail: { ...detail(back.deployment), from_release_id: second.releaseId, hold: null },
    };
    expect(slot().given(deployed(first), held, restored).fold().state.hold).toMatchObject({ by: 'ada' });
  });
});

describe('holding a slot', () => {
  it('works on an empty one too', () =>
    slot()
      .when((state) => hold(state, { reason: 'incident', by: 'ada', environmentId }))
      .thenEvents(held));
  it('twice for the same reason changes nothing', () =>
    slot()
      .given(held)
      .when((state) => hold(state, { reason: 'incident', by: 'ada', environmentId }))
      .thenNothing());
  it('is refused while somebody else holds it', () =>
    slot()
      .given(held)
      .when((state) => hold(state, { reason: 'incident', by: 'bob', environmentId }))
      .thenRefused('slot_held'));
  it('ends by resuming, once', async () => {
    const resumed: NewSlotEvent = { action: 'slot.resumed', status: 'empty', environmentId, detail: { reason: null, by: 'bob' } };
    await slot()
      .given(held)
      .when((state) => resume(state, { reason: null, by: 'bob', environmentId }))
      .thenEvents(resumed);
    await slot()
      .given(held, resumed)
      .when((state) => resume(state, { reason: null, by: 'bob', environmentId }))
      .thenRefused('slot_not_held');
  });
});

describe('drift', () => {
  const reading = (findings: DriftReading['findings'], executionId = first.executionId) => ({ executionId, findings });
  it('is recorded when it is seen', () =>
    slot()
      .given(deployed(first))
      .when((state) => recordDrift(state, reading([finding]), 'scheduled check'))
      .thenEvents(drifted));
  it('is not repeated while it stays the same, whatever its words count', () =>
    slot()
      .given(deployed(first), drifted)
      .when((state) => recordDrift(state, reading([{ ...finding, detail: 'exited 33 s ago' }]), 'scheduled check'))
      .thenNothing());
  it('is recorded again when something else was changed of the same thing', async () => {
    const paused = { kind: 'changed' as const, what: 'shop-db-1', detail: 'it is paused (at 10:01)' };
    const given = slot().given(deployed(first), { ...drifted, detail: { ...drifted.detail, findings: [paused] } });
    await given
      .when((state) => recordDrift(state, reading([{ ...paused, detail: 'it is paused (at 10:02)' }]), 'scheduled check'))
      .thenNothing();
    const other = { ...paused, detail: 'restart policy: wanted always, found no' };
    await given
      .when((state) => recordDrift(state, reading([other]), 'scheduled check'))
      .thenEvents({ ...drifted, detail: { ...drifted.detail, findings: [other] } });
  });
  it('heals', () =>
    slot()
      .given(deployed(first), drifted)
      .when((state) => recordDrift(state, reading([]), 'scheduled check'))
      .thenEvents({
        action: 'slot.healed',
        status: 'serving',
        environmentId,
        detail: { release_id: first.releaseId, how: 'scheduled check' },
      }));
  it('read before the latest deployment says nothing about it', () =>
    slot()
      .given(deployed(first), deployed(second, first.releaseId))
      .when((state) => recordDrift(state, reading([finding]), 'scheduled check'))
      .thenNothing());
});
