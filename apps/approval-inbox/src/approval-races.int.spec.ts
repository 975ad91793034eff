import { person, startInbox, type InboxUnderTest } from './approval-inbox.fixture';

describe('who decides, when many do at once', () => {
  let inbox: InboxUnderTest;
  const ann = () => inbox.as(person('ann'));
  beforeAll(async () => {
    inbox = await startInbox();
  }, 60_000);
  afterAll(() => inbox?.stop());

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
    expect((await inbox.eventsOf(release)).map(({ action }) => action)).toEqual(['approval.opened', 'approval.approved']);
  });

  it('needs its whole quorum of different people, however they race', async () => {
    const release = await inbox.releases.ask({ request: { quorum: 3 } });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, n) => inbox.as(person(`person-${n % 6}`)).call('approve-ticket', { id: release.ticketId })),
    );
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true);
    const events = await inbox.eventsOf(release);
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
    for (let n = 0; (await inbox.statusOf(release)) === 'pending'; n++) {
      await inbox.as(person(`later-${n}`)).call('approve-ticket', { id: release.ticketId });
    }
    const events = await inbox.eventsOf(release);
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

  it('approves nothing while the line is stopped, and loses nothing', async () => {
    const release = await inbox.releases.ask({ project: 'stopped' });
    await inbox.provisioning.line('stopped', true);
    const refusal = { code: 'line_stopped', details: { reason: 'incident', scope: 'project', next_open: null } };
    await expect(ann().call('approve-ticket', { id: release.ticketId })).rejects.toMatchObject(refusal);
    expect(await inbox.statusOf(release)).toBe('pending');
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
      expect((await inbox.eventsOf(release)).map(({ action }) => action)).toEqual(['approval.opened']);
      await close(false);
      const outcomes = await race();
      expect(outcomes.filter((outcome) => outcome === 'approved')).toHaveLength(1);
      expect((await inbox.eventsOf(release)).map(({ action }) => action)).toEqual(['approval.opened', 'approval.approved']);
    },
    60_000,
  );
});
