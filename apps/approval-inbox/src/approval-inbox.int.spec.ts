import { EMBEDDED_ROLES, type ApprovalEvent } from '@slipway/contracts';
import { eventually } from '@slipway/testing';
import { DataSource } from 'typeorm';
import { person, startInbox, type InboxUnderTest } from './approval-inbox.fixture';
import { requestOf, type AskedRelease } from './release-writer.fixture';

describe('approval inbox', () => {
  let inbox: InboxUnderTest;
  const ann = () => inbox.as(person('ann'));
  const statusOf = async (release: AskedRelease) => (await ann().call('get-ticket', { id: release.ticketId })).status;
  const eventsOf = async (release: AskedRelease): Promise<ApprovalEvent[]> => {
    const recorded = await inbox.store.read({ projectId: release.projectId, type: 'approval', id: release.ticketId });
    return recorded.map(({ event }) => event as ApprovalEvent);
  };
  const openedBy = (release: AskedRelease) => eventually(async () => (await eventsOf(release))[0]);

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
      actions: [{ action: 'opened', actor_id: 'developer', actor_type: 'human' }],
    });
    const approved = await ann().call('approve-ticket', { id: release.ticketId, comment: 'fine' });
    expect(approved).toMatchObject({ status: 'approved', decided_by: ['ann'], approvals: 1 });
    const events = await eventsOf(release);
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
    expect(items.find((item) => item.ticket_id === release.ticketId)).toMatchObject(decided);
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
    expect(await statusOf(release)).toBe('pending');
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

  it('decides exactly once when 50 approvers race, whether the ticket has been opened yet or not', async () => {
    const release = await inbox.releases.ask();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => inbox.as(person(`approver-${n}`)).call('approve-ticket', { id: release.ticketId })),
    );
    const won = outcomes.filter(({ status }) => status === 'fulfilled');
    const codes = new Set(
      outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as { code: string }).code] : [])),
    );
    expect(won).toHaveLength(1);
    expect([...codes]).toEqual(['ticket_decided']);
    expect((await eventsOf(release)).map(({ action }) => action)).toEqual(['approval.opened', 'approval.approved']);
  });

  it('needs its whole quorum of different people, however they race', async () => {
    const release = await inbox.releases.ask({ request: { quorum: 3 } });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, n) => inbox.as(person(`person-${n % 6}`)).call('approve-ticket', { id: release.ticketId })),
    );
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true);
    const events = await eventsOf(release);
    expect(events.map(({ action }) => action)).toEqual(['approval.opened', 'approval.reviewed', 'approval.reviewed', 'approval.approved']);
    const last = events.at(-1)!;
    expect(last.action === 'approval.approved' && new Set(last.detail.approved_by).size).toBe(3);
  });

  it('keeps its quorum exact when 50 approvers race while the process is replaced', async () => {
    const release = await inbox.releases.ask({ request: { quorum: 5 } });
    const settled = Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => inbox.as(person(`racer-${n}`)).call('approve-ticket', { id: release.ticketId })),
    );
    await inbox.restart();
    await settled;
    for (let n = 0; (await statusOf(release)) === 'pending'; n++) {
      await inbox.as(person(`later-${n}`)).call('approve-ticket', { id: release.ticketId });
    }
    const events = await eventsOf(release);
    expect(events.map(({ action }) => action)).toEqual([
      'approval.opened',
      ...Array<string>(4).fill('approval.reviewed'),
      'approval.approved',
    ]);
    const last = events.at(-1)!;
    expect(last.action === 'approval.approved' && new Set(last.detail.approved_by).size).toBe(5);
    await expect(inbox.as(person('too-late')).call('approve-ticket', { id: release.ticketId })).rejects.toMatchObject({
      code: 'ticket_decided',
    });
  }, 60_000);

  it('voids what the release does not need any more, and lets nobody decide it', async () => {
    const cancelled = await inbox.releases.ask();
    await openedBy(cancelled);
    await inbox.releases.append(cancelled, { action: 'release.cancelled', status: 'cancelled', detail: { reason: 'mistake' } });
    await expect(ann().call('approve-ticket', { id: cancelled.ticketId })).rejects.toMatchObject({ code: 'ticket_decided' });
    await eventually(async () => (await statusOf(cancelled)) === 'cancelled');
    const superseded = await inbox.releases.ask();
    const detail = { by_release_id: cancelled.releaseId };
    await inbox.releases.append(superseded, { action: 'release.superseded', status: 'superseded', detail });
    await eventually(async () => (await statusOf(superseded)) === 'superseded');
    const outdated = await inbox.releases.ask();
    const why = 'The policy of prod changed (version 2: audit) after its preview; preview it again.';
    await inbox.releases.append(outdated, { action: 'release.superseded', status: 'superseded', detail: { by_release_id: null, why } });
    await expect(ann().call('approve-ticket', { id: outdated.ticketId })).rejects.toMatchObject({
      code: 'ticket_decided',
      message: expect.stringContaining('preview it again') as string,
    });
    await eventually(async () => (await statusOf(outdated)) === 'superseded');
    expect((await ann().call('get-ticket', { id: outdated.ticketId })).ended_because).toBe(why);
    expect((await eventsOf(superseded)).map(({ action }) => action)).toEqual(['approval.opened', 'approval.voided']);
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
    await eventually(async () => (await statusOf(release)) === 'expired');
    await expect(ann().call('approve-ticket', { id: release.ticketId })).rejects.toMatchObject({ code: 'ticket_expired' });
    expect((await eventsOf(release)).at(-1)).toMatchObject({ action: 'approval.expired', actor_id: 'service:approval-inbox' });
  });

  it('lists what is mine, pending or all, by every dimension and by page', async () => {
    const project = 'lists';
    const asked: AskedRelease[] = [];
    for (const [requestedBy, request] of [
      ['ann', { risk: 'low', priority: 'P2' }],
      ['zoe', { risk: 'critical' }],
      ['zoe', { required_permission: 'deploy:release:rollback' }],
      ['zoe', { quorum: 2 }],
      ['zoe', {}],
    ] as const) {
      asked.push(await inbox.releases.ask({ project, requestedBy, previewedBy: requestedBy, request }));
    }
    const [own, critical, foreign, reviewed, decided] = asked.map(({ ticketId }) => ticketId);
    await inbox.as(person('bob')).call('approve-ticket', { id: decided! });
    await ann().call('approve-ticket', { id: reviewed! });
    const list = async (body: object, who = person('ann')) => {
      const position = await inbox.store.position();
      const page = await inbox.as(who).call('list-tickets', { project, ...body }, { minPosition: position });
      return page.items.map((item) => item.ticket_id);
    };
    expect(await list({})).toEqual([critical, own]);
    expect(await list({ filter: 'pending' })).toEqual([reviewed, foreign, critical, own]);
    expect(await list({ filter: 'all' })).toEqual([decided, reviewed, foreign, critical, own]);
    expect(await list({ filter: 'all', status: 'approved' })).toEqual([decided]);
    expect(await list({ filter: 'all', risk: 'critical' })).toEqual([critical]);
    expect(await list({ filter: 'all', priority: 'P2' })).toEqual([own]);
    expect(await list({}, person('agent', { actorType: 'agent' }))).toEqual([]);
    expect(await list({}, person('zoe'))).toEqual([decided, reviewed, foreign, critical, own]);
    const first = await ann().call('list-tickets', { project, filter: 'all', limit: 3 });
    const second = await ann().call('list-tickets', { project, filter: 'all', limit: 3, cursor: first.next_cursor! });
    expect([...first.items, ...second.items].map((item) => item.ticket_id)).toEqual([decided, reviewed, foreign, critical, own]);
  });

  it('counts as mine what I may decide where it is, not what I may decide elsewhere', async () => {
    const [here, there] = [await inbox.releases.ask({ project: 'mine-here' }), await inbox.releases.ask({ project: 'mine-there' })];
    const grant = (project: string, role: 'approver' | 'viewer') => ({
      permissions: [...EMBEDDED_ROLES[role]],
      projects: [project],
      environments: ['*'],
    });
    const projects = ['mine-here', 'mine-there'];
    const grants = [grant('mine-here', 'approver'), grant('mine-there', 'viewer')];
    const both = inbox.as(person('bea', { permissions: [...EMBEDDED_ROLES.viewer], projects, grants }));
    const { items } = await both.call('list-tickets', {}, { minPosition: there.position });
    expect(items.map(({ ticket_id }) => ticket_id)).toEqual([here.ticketId]);
    expect(await both.call('count-tickets', {})).toMatchObject({ mine: 1, all: 2 });
    expect(await both.call('get-ticket', { id: there.ticketId })).toMatchObject({ may_decide: false });
  });

  it('shows what will happen, who may decide, and how much time is left', async () => {
    const release = await inbox.releases.ask({ request: { risk_reasons: ['production'], rule: 'one approval', policy_version: 3 } });
    const seen = await ann().call('get-ticket', { id: release.ticketId });
    expect(seen).toMatchObject({
      plan: { actions: [], diff: [], checks: [] },
      may_decide: true,
      why_not: null,
      sla_state: 'on_track',
      risk_reasons: ['production'],
      rule: 'one approval',
      policy_version: 3,
      resource_type: 'release',
      resource_id: release.releaseId,
    });
    expect(seen.expires_in_s).toBeGreaterThan(60);
    expect(await inbox.as(person('developer')).call('get-ticket', { id: release.ticketId })).toMatchObject({
      may_decide: false,
      why_not: expect.stringContaining('cannot approve it') as string,
    });
  });

  it('lets named approvers and a role decide, and those to whom they delegate', async () => {
    const named = await inbox.releases.ask({ request: { approvers: ['ann', 'bob'], quorum: 2 } });
    const inRole = await inbox.releases.ask({ request: { required_role: 'release-manager' } });
    const cleo = inbox.as(person('cleo'));
    await expect(cleo.call('approve-ticket', { id: named.ticketId })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(cleo.call('approve-ticket', { id: inRole.ticketId })).rejects.toMatchObject({
      details: { required_role: 'release-manager' },
    });
    await expect(ann().call('delegate-ticket', { id: named.ticketId, to: 'developer' })).rejects.toMatchObject({ code: 'four_eyes' });
    await expect(cleo.call('delegate-ticket', { id: named.ticketId, to: 'dan' })).rejects.toMatchObject({ code: 'forbidden' });
    const delegated = await ann().call('delegate-ticket', { id: named.ticketId, to: 'cleo', comment: 'on leave' });
    expect(delegated).toMatchObject({ delegates: ['cleo'], status: 'pending' });
    await cleo.call('approve-ticket', { id: named.ticketId });
    const done = await inbox.as(person('bob')).call('approve-ticket', { id: named.ticketId });
    expect(done).toMatchObject({ status: 'approved', decided_by: ['cleo', 'bob'] });
    const manager = inbox.as(person('mia', { roles: ['release-manager'] }));
    expect(await manager.call('approve-ticket', { id: inRole.ticketId })).toMatchObject({ status: 'approved' });
  });

  it('is assigned and talked about, and shows it to those it concerns', async () => {
    const project = 'talk';
    const release = await inbox.releases.ask({ project });
    const id = release.ticketId;
    await ann().call('assign-ticket', { id, assignee: 'bob' });
    await expect(ann().call('assign-ticket', { id, assignee: 'developer' })).rejects.toMatchObject({ code: 'four_eyes' });
    const developer = inbox.as(person('developer', { permissions: [...EMBEDDED_ROLES.developer] }));
    await developer.call('comment-ticket', { id, comment: 'Ready when you are, @vera and @bob@example.org. See a@b.c' });
    await ann().call('reject-ticket', { id });
    const view = await developer.call('comment-ticket', { id, comment: 'Why?' });
    expect(view).toMatchObject({ status: 'rejected', assignee: 'bob', mentions: ['vera', 'bob@example.org'] });
    expect(view.actions.map(({ action, people }) => [action, people])).toEqual([
      ['opened', []],
      ['assigned', ['bob']],
      ['commented', ['vera', 'bob@example.org']],
      ['rejected', []],
      ['commented', []],
    ]);
    const viewer = (name: string) => inbox.as(person(name, { permissions: [...EMBEDDED_ROLES.viewer] }));
    const mineOf = async (name: string) =>
      (await viewer(name).call('list-tickets', { project }, { minPosition: await inbox.store.position() })).items.length;
    expect(await Promise.all(['bob', 'vera', 'someone'].map(mineOf))).toEqual([1, 1, 0]);
  });

  it('reminds before it expires and escalates when nobody answered in time, each once', async () => {
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    const release = await inbox.releases.ask({
      request: { expires_at, reminder_before_s: 3599, sla_s: 1, priority: 'P1', escalate_to_role: 'release-manager' },
    });
    const actions = await eventually(async () => {
      const found = (await eventsOf(release)).map(({ action }) => action);
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

  it('sorts, searches and counts', async () => {
    const project = 'search';
    const ask = (request: object, requestedBy = 'zoe') => inbox.releases.ask({ project, requestedBy, previewedBy: requestedBy, request });
    const [late, urgent, plain] = [
      await ask({ expires_at: null, sla_s: null, priority: 'P2', risk: 'low', title: 'Apply checkout 7.1.0 to prod/local' }),
      await ask({ priority: 'P0', risk: 'critical', title: 'Roll payments back' }),
      await ask({ priority: 'P1', risk: 'medium', expires_at: new Date(Date.now() + 60_000).toISOString() }),
    ].map(({ ticketId }) => ticketId);
    const list = async (body: object) =>
      (await ann().call('list-tickets', { project, ...body }, { minPosition: await inbox.store.position() })).items.map(
        (item) => item.ticket_id,
      );
    expect(await list({ sort: 'oldest' })).toEqual([late, urgent, plain]);
    expect(await list({ sort: 'priority' })).toEqual([urgent, plain, late]);
    expect(await list({ sort: 'risk' })).toEqual([urgent, plain, late]);
    expect(await list({ sort: 'expiry' })).toEqual([plain, urgent, late]);
    expect((await list({ sort: 'sla' })).at(-1)).toBe(late);
    expect(await list({ q: 'checkout 7.1' })).toEqual([late]);
    expect(await list({ q: 'PAYM' })).toEqual([urgent]);
    expect(await list({ q: plain })).toEqual([plain]);
    expect(await list({ q: "'); --" })).toHaveLength(3);
    expect(await list({ sla_state: 'none' })).toEqual([late]);
    const page = await ann().call('list-tickets', { project, sort: 'priority', limit: 2 });
    expect(await list({ sort: 'priority', limit: 2, cursor: page.next_cursor! })).toEqual([late]);
    const counts = await ann().call('count-tickets', { project });
    expect(counts).toMatchObject({ mine: 3, pending: 3, all: 3, by_priority: { P0: 1, P1: 1, P2: 1, P3: 0 }, by_sla_state: { none: 1 } });
    expect(await inbox.as(person('zoe')).call('count-tickets', { project, risk: 'low' })).toMatchObject({ mine: 1, by_risk: { low: 1 } });
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

  it('approves nothing while the line is stopped, and loses nothing', async () => {
    const release = await inbox.releases.ask({ project: 'stopped' });
    await inbox.provisioning.line('stopped', true);
    const refusal = { code: 'line_stopped', details: { reason: 'incident', scope: 'project', next_open: null } };
    await expect(ann().call('approve-ticket', { id: release.ticketId })).rejects.toMatchObject(refusal);
    expect(await statusOf(release)).toBe('pending');
    await inbox.provisioning.line('stopped', false);
    expect(await ann().call('approve-ticket', { id: release.ticketId })).toMatchObject({ status: 'approved' });
  });

  it.each(['stopped', 'frozen'] as const)(
    'nobody of 50 who race approves while it is %s, nor after a restart',
    async (how) => {
      const project = `race-${how}`;
      const release = await inbox.releases.ask({ project });
      const close = (closed: boolean) =>
        how === 'stopped' ? inbox.provisioning.line(project, closed) : inbox.provisioning.freeze(project, closed);
      const race = async (): Promise<string[]> => {
        const all = Array.from({ length: 50 }, (_, n) => inbox.as(person(`${how}-${n}`)).call('approve-ticket', { id: release.ticketId }));
        const outcomes = await Promise.allSettled(all);
        return outcomes.map((one) => (one.status === 'fulfilled' ? 'approved' : (one.reason as { code: string }).code));
      };
      await close(true);
      const refusal = how === 'stopped' ? 'line_stopped' : 'frozen';
      expect(new Set(await race())).toEqual(new Set([refusal]));
      await inbox.restart();
      expect(new Set(await race())).toEqual(new Set([refusal]));
      expect((await eventsOf(release)).map(({ action }) => action)).toEqual(['approval.opened']);
      await close(false);
      const outcomes = await race();
      expect(outcomes.filter((outcome) => outcome === 'approved')).toHaveLength(1);
      expect((await eventsOf(release)).map(({ action }) => action)).toEqual(['approval.opened', 'approval.approved']);
    },
    60_000,
  );

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
