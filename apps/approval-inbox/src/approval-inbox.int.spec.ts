import { EMBEDDED_ROLES } from '@slipway/contracts';
import { eventually } from '@slipway/testing';
import { DataSource } from 'typeorm';
import { person, startInbox, type InboxUnderTest } from './approval-inbox.fixture';
import { requestOf } from './release-writer.fixture';

describe('approval inbox', () => {
  let inbox: InboxUnderTest;
  const ann = () => inbox.as(person('ann'));
  beforeAll(async () => {
    inbox = await startInbox();
  }, 60_000);
  afterAll(() => inbox?.stop());

  it('opens the ticket that a release asks for, and approves it by someone else', async () => {
    const release = await inbox.releases.ask();
    const { items } = await ann().call('list-tickets', { filter: 'pending' }, { minPosition: release.position });
    expect(items.find((item) => item.ticket_id === release.ticketId)).toMatchObject({
      status: 'pending',
      release_id: release.releaseId,
      preview_ref: release.previewRef,
      requested_by: 'developer',
      title: 'Apply web 2 to prod/local',
      comments: 0,
    });
    const { actions } = await ann().call('get-ticket', { id: release.ticketId });
    expect(actions).toMatchObject([{ action: 'opened', actor_id: 'developer', actor_type: 'human' }]);
    const approved = await ann().call('approve-ticket', { id: release.ticketId, comment: 'fine' });
    expect(approved).toMatchObject({ status: 'approved', decided_by: ['ann'], approvals: 1 });
    const events = await inbox.eventsOf(release);
    expect(events.map(({ action }) => action)).toEqual(['approval.opened', 'approval.approved']);
    expect(events[1]).toMatchObject({
      actor_id: 'ann',
      preview_ref: release.previewRef,
      detail: { approved_by: ['ann'], comment: 'fine' },
    });
    expect(events[0]!.causation_id).toMatch(/^evt-/);
  });

  it('reads the same from the log and from the read model', async () => {
    const release = await inbox.releases.ask({ request: { quorum: 2 } });
    await ann().call('approve-ticket', { id: release.ticketId, comment: 'one' });
    const bob = inbox.as(person('bob'));
    const decided = await bob.call('reject-ticket', { id: release.ticketId, comment: 'no' });
    const { items } = await bob.call('list-tickets', { filter: 'all', limit: 200 }, { minPosition: await inbox.store.position() });
    const { actions: _actions, mentions: _mentions, ...listed } = decided;
    expect(items.find((item) => item.ticket_id === release.ticketId)).toMatchObject(listed);
    expect(await bob.call('get-ticket', { id: release.ticketId })).toMatchObject(decided);
    expect(decided).toMatchObject({ status: 'rejected', approvals: 1, decided_by: ['bob'] });
    expect(decided.actions.map(({ action, comment }) => [action, comment])).toEqual([
      ['opened', null],
      ['reviewed', 'one'],
      ['rejected', 'no'],
    ]);
  });

  it('refuses the requester, the previewer, agents, and who lacks a permission', async () => {
    const release = await inbox.releases.ask({ previewedBy: 'dora', requestedBy: 'admin' });
    const body = { id: release.ticketId };
    await expect(inbox.as(person('admin')).call('approve-ticket', body)).rejects.toMatchObject({ code: 'four_eyes' });
    await expect(inbox.as(person('dora')).call('approve-ticket', body)).rejects.toMatchObject({ code: 'four_eyes' });
    const agent = person('agent', { actorType: 'agent' });
    await expect(inbox.as(agent).call('approve-ticket', body)).rejects.toMatchObject({ code: 'agent_cannot_approve' });
    const developer = person('dev-2', { permissions: [...EMBEDDED_ROLES.developer] });
    await expect(inbox.as(developer).call('approve-ticket', body)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await inbox.statusOf(release)).toBe('pending');
  });

  it('answers for another project as for an unknown ticket', async () => {
    const release = await inbox.releases.ask();
    const elsewhere = inbox.as(person('eve', { projects: ['other'] }));
    const unknown = { code: 'unknown_resource' };
    await expect(elsewhere.call('get-ticket', { id: release.ticketId })).rejects.toMatchObject(unknown);
    await expect(elsewhere.call('approve-ticket', { id: release.ticketId })).rejects.toMatchObject(unknown);
    await expect(ann().call('approve-ticket', { id: release.ticketId, project: 'other' })).rejects.toMatchObject(unknown);
    await expect(ann().call('approve-ticket', { id: 'tkt-000000000000000000000000' })).rejects.toMatchObject(unknown);
    expect((await elsewhere.call('list-tickets', { filter: 'all' })).items).toEqual([]);
  });

  it('voids what the release does not need any more, and lets nobody decide it', async () => {
    const cancelled = await inbox.releases.ask();
    await eventually(async () => (await inbox.eventsOf(cancelled))[0]);
    await inbox.releases.append(cancelled, { action: 'release.cancelled', status: 'cancelled', detail: { reason: 'mistake' } });
    await expect(ann().call('approve-ticket', { id: cancelled.ticketId })).rejects.toMatchObject({ code: 'ticket_decided' });
    await eventually(async () => (await inbox.statusOf(cancelled)) === 'cancelled');
    const superseded = await inbox.releases.ask();
    const detail = { by_release_id: cancelled.releaseId };
    await inbox.releases.append(superseded, { action: 'release.superseded', status: 'superseded', detail });
    await eventually(async () => (await inbox.statusOf(superseded)) === 'superseded');
    const outdated = await inbox.releases.ask();
    const why = 'The policy of prod changed (version 2: audit) after its preview; preview it again.';
    await inbox.releases.append(outdated, { action: 'release.superseded', status: 'superseded', detail: { by_release_id: null, why } });
    await expect(ann().call('approve-ticket', { id: outdated.ticketId })).rejects.toMatchObject({
      code: 'ticket_decided',
      message: expect.stringContaining('preview it again') as string,
    });
    await eventually(async () => (await inbox.statusOf(outdated)) === 'superseded');
    expect((await ann().call('get-ticket', { id: outdated.ticketId })).ended_because).toBe(why);
    expect((await inbox.eventsOf(superseded)).map(({ action }) => action)).toEqual(['approval.opened', 'approval.voided']);
  });

  it('opens a ticket for a rollback only where one is asked for', async () => {
    const release = await inbox.releases.ask();
    const approval = requestOf('tkt-00000000000000000000000r', { act: 'rollback', title: 'Roll back' });
    const to = { to_release_id: release.releaseId, to_artifact_version: '1', slot_id: 'slt-000000000000000000000000' };
    const rest = { reason: null, requested_by: 'olga', failed_execution_id: null, time_bound_s: 300, ...to };
    const event = { action: 'release.rollback_requested', status: 'applied' } as const;
    const automatic = await inbox.releases.append(release, { ...event, detail: { ...rest, automatic: true, approval: null } });
    await inbox.releases.append(release, { ...event, detail: { ...rest, automatic: false, approval } }, 'olga');
    const ticket = await eventually(() => ann().call('get-ticket', { id: approval.ticket_id }));
    expect(ticket).toMatchObject({ act: 'rollback', requested_by: 'olga', preview_ref: release.previewRef });
    expect(automatic).toBeGreaterThan(release.position);
    const approved = await inbox.as(person('developer')).call('approve-ticket', { id: approval.ticket_id });
    expect(approved.status).toBe('approved');
  });

  it('expires tickets at their time', async () => {
    const release = await inbox.releases.ask({ request: { expires_at: new Date(Date.now() + 300).toISOString() } });
    await eventually(async () => (await inbox.statusOf(release)) === 'expired');
    await expect(ann().call('approve-ticket', { id: release.ticketId })).rejects.toMatchObject({ code: 'ticket_expired' });
    expect((await inbox.eventsOf(release)).at(-1)).toMatchObject({ action: 'approval.expired', actor_id: 'service:approval-inbox' });
  });

  it('reminds before it expires and escalates when nobody answered in time, each once', async () => {
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    const release = await inbox.releases.ask({
      request: { expires_at, reminder_before_s: 3599, sla_s: 1, priority: 'P1', escalate_to_role: 'release-manager' },
    });
    const actions = await eventually(async () => {
      const found = (await inbox.eventsOf(release)).map(({ action }) => action);
      return found.includes('approval.reminded') && found.includes('approval.escalated') ? found : undefined;
    });
    expect(actions.sort()).toEqual(['approval.escalated', 'approval.opened', 'approval.reminded']);
    expect(await ann().call('get-ticket', { id: release.ticketId })).toMatchObject({
      priority: 'P0',
      escalated_to_role: 'release-manager',
      sla_state: 'missed',
      status: 'pending',
    });
  });

  it('serves any resource that asks through the published contract', async () => {
    const asked = await inbox.provisioning.ask('infra_destroy');
    const { items } = await ann().call('list-tickets', { filter: 'pending', act: 'infra_destroy' }, { minPosition: asked.position });
    expect(items).toMatchObject([{ ticket_id: asked.ticketId, resource_type: 'policy', release_id: null, service_name: null }]);
    const detail = await ann().call('get-ticket', { id: asked.ticketId });
    expect(detail.plan?.actions).toMatchObject([{ verb: 'delete', one_way: true }]);
    await ann().call('approve-ticket', { id: asked.ticketId });
    expect((await asked.events()).at(-1)).toMatchObject({
      action: 'approval.approved',
      detail: { resource_type: 'policy', resource_id: asked.resourceId, release_id: null, preview_ref: asked.contentRef },
    });
    const withdrawn = await inbox.provisioning.ask('install');
    await withdrawn.withdraw('superseded', 'a newer one');
    await eventually(async () => (await ann().call('get-ticket', { id: withdrawn.ticketId })).status === 'superseded');
    await expect(ann().call('approve-ticket', { id: withdrawn.ticketId })).rejects.toMatchObject({ code: 'ticket_decided' });
  });

  it('says what became of what was approved', async () => {
    const project = 'outcomes';
    const release = await inbox.releases.ask({ project });
    await ann().call('approve-ticket', { id: release.ticketId });
    const failed = { execution_id: null, slot_id: 'slt-000000000000000000000000', outcome: 'failed' } as const;
    const diagnostics = { summary: 'no answer', step: null, outcome: 'failed', payload: {} } as const;
    const position = await inbox.releases.append(release, {
      action: 'release.failed',
      status: 'failed',
      detail: { ...failed, diagnostics },
    });
    const { items } = await ann().call('list-tickets', { project, filter: 'all' }, { minPosition: position });
    expect(items).toMatchObject([{ status: 'approved', outcome: 'failed' }]);
  });

  it('rebuilds to the same rows', async () => {
    const source = inbox.app.get(DataSource, { strict: false });
    const rows = async () => [
      await source.query('SELECT * FROM approval_inbox_items ORDER BY ticket_id'),
      await source.query('SELECT * FROM approval_inbox_actions ORDER BY ticket_id, version'),
    ];
    await ann().call('list-tickets', {}, { minPosition: await inbox.store.position() });
    const before = await rows();
    const admin = inbox.as(person('admin', { permissions: [...EMBEDDED_ROLES.admin] }));
    await admin.call('rebuild-projection', { name: 'approval-inbox' });
    await eventually(async () => {
      const { items } = await admin.call('list-projections', {});
      return items.every(({ state, lag, error }) => state === 'live' && lag === 0 && error === null);
    });
    expect(before[0]!.length).toBeGreaterThan(5);
    expect(await rows()).toEqual(before);
  });
});
