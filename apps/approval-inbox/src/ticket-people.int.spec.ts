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
});
