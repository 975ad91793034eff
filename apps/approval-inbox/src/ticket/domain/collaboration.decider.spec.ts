import type { ApprovalEvent, NewApprovalEvent } from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import { assignTicket, commentTicket, delegateTicket } from './collaboration.decider';
import { approveTicket } from './ticket.decider';
import { ENVIRONMENT, opened, person, PREVIEW_REF, TICKET } from './ticket.fixture';
import { TicketAggregate, type Ticket } from './ticket.state';

const NOW = '2026-01-01T00:10:00.000Z';
const ticket = (...history: NewApprovalEvent[]) =>
  new DeciderSpec<Ticket, ApprovalEvent, NewApprovalEvent>(TicketAggregate, { projectId: 'shop', type: 'approval', id: TICKET }).given(
    opened(),
    ...history,
  );
const place = { status: 'pending', environmentId: ENVIRONMENT, teamId: '_', previewRef: PREVIEW_REF } as const;
const commented = (comment: string): NewApprovalEvent => ({ action: 'approval.commented', ...place, detail: { comment, mentions: [] } });
const many = <T>(count: number, one: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => one(n));

const comment = (text: string) => (state: Ticket) => commentTicket(text, state, TICKET);
const assign = (state: Ticket) => assignTicket({ by: person('ann'), assignee: 'bob', comment: undefined, now: NOW }, state, TICKET);
const delegate = (to: string) => (state: Ticket) => delegateTicket({ by: person('ann'), to, comment: undefined, now: NOW }, state, TICKET);
const approve = (state: Ticket) => approveTicket({ by: person('ann'), comment: 'fine', now: NOW }, state, TICKET);

describe('what is said about a ticket', () => {
  it('is bounded in number', async () => {
    await ticket(...many(199, (n) => commented(`no. ${n}`)))
      .when(comment('the last'))
      .thenEvents(commented('the last'));
    await ticket(...many(200, (n) => commented(`no. ${n}`)))
      .when(comment('one too many'))
      .thenRefused('ticket_full');
  });

  it('is bounded in length, and keeps nobody from assigning, delegating and deciding it', async () => {
    const long = ticket(...many(140, () => commented('x'.repeat(2000))));
    await long.when(comment('more')).thenRefused('ticket_full');
    for (const act of [assign, delegate('cleo'), approve]) expect(act(long.fold().state)).toHaveLength(1);
  });

  it('has a bounded history of assignments and delegations, too, and can be decided still', async () => {
    const assigned = (n: number): NewApprovalEvent => ({
      action: 'approval.assigned',
      ...place,
      detail: { assignee: `person-${n}`, comment: 'x'.repeat(2000) },
    });
    const full = ticket(...many(260, assigned));
    await full.when(assign).thenRefused('ticket_full');
    await full.when(delegate('cleo')).thenRefused('ticket_full');
    expect(approve(full.fold().state)).toHaveLength(1);
    const delegated = (n: number): NewApprovalEvent => ({
      action: 'approval.delegated',
      ...place,
      detail: { from: 'ann', to: `person-${n}`, comment: null },
    });
    await ticket(...many(50, delegated))
      .when(delegate('cleo'))
      .thenRefused('ticket_full');
  });
});
