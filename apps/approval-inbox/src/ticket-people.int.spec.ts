import { EMBEDDED_ROLES } from '@slipway/contracts';
import { person, startInbox, type InboxUnderTest } from './approval-inbox.fixture';

describe('people of a ticket', () => {
  let inbox: InboxUnderTest;
  const ann = () => inbox.as(person('ann'));
  beforeAll(async () => {
    inbox = await startInbox();
  }, 60_000);
  afterAll(() => inbox?.stop());

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

  it('has one approval of an approver and their delegate together, whoever of them gives it', async () => {
    const project = 'delegated';
    const ask = (request: object) => inbox.releases.ask({ project, request: { quorum: 2, ...request } });
    const decidable = async (name: string, roles: string[] = []) => {
      const position = await inbox.store.position();
      const page = await inbox
        .as(person(name, { roles }))
        .call('list-tickets', { project, filter: 'decidable' }, { minPosition: position });
      return page.items.map(({ ticket_id }) => ticket_id);
    };
    const cleo = inbox.as(person('cleo'));
    const bob = inbox.as(person('bob'));
    const { ticketId: id } = await ask({ approvers: ['ann', 'bob'] });
    await expect(ann().call('delegate-ticket', { id, to: 'bob' })).rejects.toMatchObject({ code: 'invalid_request' });
    await ann().call('delegate-ticket', { id, to: 'cleo' });
    await expect(cleo.call('delegate-ticket', { id, to: 'dan' })).rejects.toMatchObject({ code: 'forbidden' });
    expect([await decidable('ann'), await decidable('cleo'), await decidable('dan')]).toEqual([[id], [id], []]);
    const reviewed = await cleo.call('approve-ticket', { id });
    expect(reviewed.actions.at(-1)).toMatchObject({ action: 'reviewed', actor_id: 'cleo', people: ['ann'] });
    const inHerPlace = { code: 'forbidden', details: { approved_by: 'cleo', in_place_of: 'ann' } };
    await expect(ann().call('approve-ticket', { id })).rejects.toMatchObject(inHerPlace);
    await expect(ann().call('delegate-ticket', { id, to: 'dan' })).rejects.toMatchObject(inHerPlace);
    expect(await ann().call('get-ticket', { id })).toMatchObject({
      may_decide: false,
      why_not: expect.stringContaining("'cleo'") as string,
    });
    expect([await decidable('ann'), await decidable('cleo'), await decidable('bob')]).toEqual([[], [], [id]]);
    expect(await bob.call('approve-ticket', { id })).toMatchObject({ status: 'approved', decided_by: ['cleo', 'bob'] });

    const { ticketId: first } = await ask({ required_role: 'release-manager' });
    const mia = inbox.as(person('mia', { roles: ['release-manager'] }));
    await mia.call('delegate-ticket', { id: first, to: 'cleo' });
    await mia.call('approve-ticket', { id: first });
    await expect(cleo.call('approve-ticket', { id: first })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await decidable('cleo')).toEqual([]);
    expect([await decidable('mia', ['release-manager']), await decidable('max', ['release-manager'])]).toEqual([[], [first]]);
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
    const { items } = await developer.call('list-tickets', { project }, { minPosition: await inbox.store.position() });
    expect(items).toMatchObject([{ ticket_id: id, comments: 2 }]);
    expect(Object.keys(items[0]!)).not.toEqual(expect.arrayContaining(['actions']));
    const viewer = (name: string) => inbox.as(person(name, { permissions: [...EMBEDDED_ROLES.viewer] }));
    const mineOf = async (name: string) =>
      (await viewer(name).call('list-tickets', { project }, { minPosition: await inbox.store.position() })).items.length;
    expect(await Promise.all(['bob', 'vera', 'someone'].map(mineOf))).toEqual([1, 1, 0]);
  });
});
