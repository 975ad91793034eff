import type { ApprovalEvent, NewApprovalEvent } from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import { approveTicket, expireTicket, openTicket, rejectTicket, voidTicket, type DecideTicket } from './ticket.decider';
import { ENVIRONMENT, open, opened, person, PREVIEW_REF, RELEASE, TICKET } from './ticket.fixture';
import { TicketAggregate, type Ticket } from './ticket.state';
import { ticketView } from './ticket.view';

const ticket = (...history: NewApprovalEvent[]) =>
  new DeciderSpec<Ticket, ApprovalEvent, NewApprovalEvent>(TicketAggregate, { projectId: 'shop', type: 'approval', id: TICKET }).given(
    ...history,
  );
const NOW = '2026-01-01T00:10:00.000Z';
const LATE = '2026-01-01T00:30:00.000Z';
const by = (actorId: string, given: Partial<DecideTicket> = {}): DecideTicket => ({
  by: person(actorId),
  comment: undefined,
  now: NOW,
  ...given,
});
const place = { environmentId: ENVIRONMENT, teamId: '_', previewRef: PREVIEW_REF };
const decided = { resource_type: 'release', resource_id: RELEASE, release_id: RELEASE, preview_ref: PREVIEW_REF, act: 'apply' as const };
const approved: NewApprovalEvent = {
  action: 'approval.approved',
  status: 'approved',
  ...place,
  detail: { ...decided, approved_by: ['ann'], comment: null },
};
const reviewed: NewApprovalEvent = {
  action: 'approval.reviewed',
  status: 'pending',
  ...place,
  detail: { reviewer: 'ann', comment: 'ok', approvals: 1, quorum: 2 },
};
const approve = (command: DecideTicket) => (state: Ticket) => approveTicket(command, state, TICKET);
const reject = (command: DecideTicket) => (state: Ticket) => rejectTicket(command, state, TICKET);

describe('ticket', () => {
  it('opens once', async () => {
    await ticket()
      .when((state) => openTicket(open(), state))
      .thenEvents(opened());
    await ticket(opened())
      .when((state) => openTicket(open(), state))
      .thenNothing();
  });

  it('is approved by someone else than who asked', () =>
    ticket(opened())
      .when(approve(by('ann')))
      .thenEvents(approved));

  it('waits for its quorum: every approval counts once, the last decides', async () => {
    const two = opened({ quorum: 2 });
    await ticket(two)
      .when(approve(by('ann', { comment: 'ok' })))
      .thenEvents(reviewed);
    await ticket(two, reviewed)
      .when(approve(by('ann')))
      .thenNothing();
    await ticket(two, reviewed)
      .when(approve(by('bob')))
      .thenEvents({ ...approved, detail: { ...decided, approved_by: ['ann', 'bob'], comment: null } });
  });

  it('is never approved by who asked or who made the preview, unless the policy says so', async () => {
    const asked = opened({}, { previewed_by: 'dora' });
    await ticket(asked)
      .when(approve(by('developer')))
      .thenRefused('four_eyes');
    await ticket(asked)
      .when(approve(by('dora')))
      .thenRefused('four_eyes');
    const alone = ticket(opened({ four_eyes: false })).when(approve(by('developer')));
    await alone.thenEvents({ ...approved, detail: { ...decided, approved_by: ['developer'], comment: null } });
  });

  it('is never decided by an agent or a service, whatever its permissions', async () => {
    for (const actorType of ['agent', 'service'] as const) {
      const command = by('bot', { by: person('bot', { actorType }) });
      await ticket(opened({ four_eyes: false }))
        .when(approve(command))
        .thenRefused('agent_cannot_approve');
      await ticket(opened()).when(reject(command)).thenRefused('agent_cannot_approve');
    }
  });

  it('asks for the permission that it names, and for reviewing', async () => {
    const reviewer = by('ann', { by: person('ann', { permissions: ['deploy:approval:review'] }) });
    const deployer = by('ann', { by: person('ann', { permissions: ['deploy:release:approve'] }) });
    await ticket(opened()).when(approve(reviewer)).thenRefused('forbidden');
    await ticket(opened()).when(approve(deployer)).thenRefused('forbidden');
    await ticket(opened({ required_permission: 'deploy:approval:review' }))
      .when(approve(reviewer))
      .thenEvents(approved);
  });

  it('ends with one rejection, by who asked too', async () => {
    const rejected = (who: string, comment: string | null): NewApprovalEvent => ({
      action: 'approval.rejected',
      status: 'rejected',
      ...place,
      detail: { ...decided, rejected_by: who, comment },
    });
    await ticket(opened({ quorum: 3 }))
      .when(reject(by('ann', { comment: 'not on Friday' })))
      .thenEvents(rejected('ann', 'not on Friday'));
    await ticket(opened())
      .when(reject(by('developer')))
      .thenEvents(rejected('developer', null));
    await ticket(opened(), rejected('ann', null))
      .when(approve(by('bob')))
      .thenRefused('ticket_decided');
  });

  it('is decided once', async () => {
    await ticket(opened(), approved)
      .when(approve(by('bob')))
      .thenRefused('ticket_decided');
    await ticket(opened(), approved)
      .when(reject(by('bob')))
      .thenRefused('ticket_decided');
    await ticket(opened(), approved)
      .when((state) => voidTicket('cancelled', 'mistake', state))
      .thenNothing();
    await ticket(opened(), approved)
      .when((state) => expireTicket(LATE, state))
      .thenNothing();
  });

  it('expires at its time, not before, and cannot be decided from then on', async () => {
    await ticket(opened())
      .when((state) => expireTicket(NOW, state))
      .thenNothing();
    const expired: NewApprovalEvent = { action: 'approval.expired', status: 'expired', ...place, detail: { ...decided, expired_at: LATE } };
    await ticket(opened())
      .when((state) => expireTicket(LATE, state))
      .thenEvents(expired);
    await ticket(opened())
      .when(approve(by('ann', { now: LATE })))
      .thenRefused('ticket_expired');
    await ticket(opened(), expired)
      .when(approve(by('ann')))
      .thenRefused('ticket_expired');
    await ticket(opened({ expires_at: null }))
      .when((state) => expireTicket('2099-01-01T00:00:00.000Z', state))
      .thenNothing();
  });

  it('is unknown before it is opened', () =>
    ticket()
      .when(approve(by('ann')))
      .thenRefused('unknown_resource'));

  it('shows who did what, and when an answer is due', () => {
    const { state } = ticket(opened({ quorum: 2 }), reviewed).fold();
    if (state.phase === 'absent') throw new Error('opened');
    expect(ticketView(state)).toMatchObject({
      status: 'pending',
      approvals: 1,
      quorum: 2,
      sla_due_at: '2026-01-01T00:30:00.000Z',
      decided_by: [],
      decided_at: null,
      version: 2,
      actions: [{ action: 'opened' }, { action: 'reviewed', comment: 'ok' }],
    });
  });
});
