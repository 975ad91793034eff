import { EMBEDDED_ROLES } from '@slipway/contracts';
import { person, startInbox, type InboxUnderTest } from './approval-inbox.fixture';
import type { AskedRelease } from './release-writer.fixture';

describe('what an inbox lists', () => {
  let inbox: InboxUnderTest;
  const ann = () => inbox.as(person('ann'));
  beforeAll(async () => {
    inbox = await startInbox();
  }, 60_000);
  afterAll(() => inbox?.stop());

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
    expect(await list({ filter: 'decidable' })).toEqual([critical]);
    expect(await list({ filter: 'decidable' }, person('agent', { actorType: 'agent' }))).toEqual([]);
    expect(await list({ filter: 'pending' })).toEqual([reviewed, foreign, critical, own]);
    expect(await list({ filter: 'all' })).toEqual([decided, reviewed, foreign, critical, own]);
    expect(await list({ filter: 'all', status: 'approved' })).toEqual([decided]);
    expect(await list({ filter: 'all', risk: 'critical' })).toEqual([critical]);
    expect(await list({ filter: 'all', priority: 'P2' })).toEqual([own]);
    expect(await list({}, person('agent', { actorType: 'agent' }))).toEqual([]);
    expect(await list({ filter: 'decidable' }, person('zoe'))).toEqual([own]);
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
    expect(await both.call('count-tickets', {})).toMatchObject({ decidable: 1, mine: 1, all: 2 });
    expect(await both.call('get-ticket', { id: there.ticketId })).toMatchObject({ may_decide: false });
  });

  it('tells as of which position it is, so that what its reader asks elsewhere is no older', async () => {
    const release = await inbox.releases.ask({ project: 'as-of' });
    await ann().call('approve-ticket', { id: release.ticketId });
    const approval = await inbox.store.head({ projectId: release.projectId, type: 'approval', id: release.ticketId });
    const positions = (minPosition: number) =>
      Promise.all(
        (['list-tickets', 'count-tickets'] as const).map(async (verb) => {
          const reader = ann();
          await reader.call(verb, { project: 'as-of', filter: 'all' }, { minPosition });
          return reader.position;
        }),
      );
    expect(await positions(approval!.position)).toEqual([approval!.position, approval!.position]);
    const detail = { by_release_id: 'rel-000000000000000000000000' };
    const superseded = await inbox.releases.append(release, { action: 'release.superseded', status: 'superseded', detail });
    expect(await positions(superseded)).toEqual([superseded, superseded]);
    const reader = ann();
    await reader.call('get-ticket', { id: release.ticketId });
    expect(reader.position).toBe(superseded);
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
});
