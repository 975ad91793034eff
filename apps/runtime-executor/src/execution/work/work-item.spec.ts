import { executionId, type ApprovalRequest } from '@slipway/contracts';
import { workItemOf } from './work-item';
import { World } from './world.fixture';

describe('work for executors', () => {
  it('is an approved release, as the execution that its approval names', async () => {
    const world = await World.create();
    const approved = await world.approve({ version: 'v1' });
    const releaseId = approved.event.resource_id;
    expect(await workItemOf(world.runner, approved)).toMatchObject({
      kind: 'begin',
      ref: { type: 'execution', id: executionId(releaseId, 'apply', approved.event.event_id) },
      assignment: { act: 'apply', releaseId, toReleaseId: releaseId, causeEventId: approved.event.event_id },
    });
  });

  it('is a rollback once nobody has to approve it', async () => {
    const world = await World.create();
    const first = (await world.approve({ version: 'v1' })).event.resource_id;
    const second = (await world.approve({ version: 'v2' })).event.resource_id;
    const requested = await world.requestRollback(second, first, false);
    expect(await workItemOf(world.runner, requested)).toMatchObject({
      kind: 'begin',
      assignment: { act: 'rollback', releaseId: second, toReleaseId: first },
    });
    const ticket = { ticket_id: 'tkt' } as ApprovalRequest;
    const waiting = { ...requested, event: { ...requested.event, detail: { ...requested.event.detail, approval: ticket } } };
    expect(await workItemOf(world.runner, waiting)).toBeUndefined();
    const approved = await world.say('release', second, {
      action: 'release.rollback_approved',
      status: 'applied',
      detail: { ticket_id: 'tkt', approved_by: ['bob'], to_release_id: first, to_artifact_version: 'v1', slot_id: world.slotOf() },
    });
    expect(await workItemOf(world.runner, approved)).toMatchObject({
      ref: { id: executionId(second, 'rollback', approved.event.event_id) },
      assignment: { act: 'rollback', toReleaseId: first },
    });
  });

  it('is a decision about an execution that is under way', async () => {
    const world = await World.create();
    const { event } = await world.approve({ version: 'v1' });
    const id = executionId(event.resource_id, 'apply', event.event_id);
    const detail = { execution_id: id, reason: null };
    const cancel = await world.say('release', event.resource_id, { action: 'release.cancel_requested', status: 'applying', detail });
    expect(await workItemOf(world.runner, cancel)).toEqual({ kind: 'decide', ref: world.ref(id), cancel: true });
    const resume = await world.say('release', event.resource_id, { action: 'release.resumed', status: 'applying', detail });
    expect(await workItemOf(world.runner, resume)).toEqual({ kind: 'decide', ref: world.ref(id), cancel: false });
  });
});
