import { isSlipwayError, type ApprovalEvent, type NewApprovalEvent } from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import fc from 'fast-check';
import { approveTicket, expireTicket, openTicket, rejectTicket, voidTicket } from './ticket.decider';
import { open, person, TICKET } from './ticket.fixture';
import { TicketAggregate, type Ticket } from './ticket.state';

const PEOPLE = ['developer', 'dora', 'ann', 'bob', 'cleo', 'bot'] as const;
const minute = (n: number): string => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();

const step = fc.oneof(
  fc.record({ act: fc.constant('open' as const) }),
  fc.record({ act: fc.constantFrom('approve' as const, 'reject' as const), who: fc.constantFrom(...PEOPLE) }),
  fc.record({ act: fc.constantFrom('expire' as const, 'void' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
const script = fc.record({
  quorum: fc.integer({ min: 1, max: 4 }),
  fourEyes: fc.boolean(),
  expires: fc.option(fc.integer({ min: 1, max: 20 })),
  steps: fc.array(step, { maxLength: 25 }),
});

const who = (name: string) => person(name, name === 'bot' ? { actorType: 'agent' } : {});

function decide(one: Step, state: Ticket, now: string, given: ReturnType<typeof open>): NewApprovalEvent[] {
  switch (one.act) {
    case 'open':
      return openTicket(given, state);
    case 'approve':
      return approveTicket({ by: who(one.who), comment: undefined, now }, state, TICKET);
    case 'reject':
      return rejectTicket({ by: who(one.who), comment: undefined, now }, state, TICKET);
    case 'expire':
      return expireTicket(now, state);
    case 'void':
      return voidTicket('superseded', 'moved on', state);
  }
}

function play({ quorum, fourEyes, expires, steps }: typeof script extends fc.Arbitrary<infer S> ? S : never): NewApprovalEvent[] {
  const given = open({ quorum, four_eyes: fourEyes, expires_at: expires === null ? null : minute(expires) }, { previewed_by: 'dora' });
  const history: NewApprovalEvent[] = [];
  steps.forEach((one, n) => {
    const { state } = new DeciderSpec<Ticket, ApprovalEvent, NewApprovalEvent>(TicketAggregate, {
      projectId: 'shop',
      type: 'approval',
      id: TICKET,
    })
      .given(...history)
      .fold();
    try {
      history.push(...decide(one, state, minute(n), given));
    } catch (error) {
      if (!isSlipwayError(error)) throw error;
    }
  });
  return history;
}

const ENDS = ['approval.approved', 'approval.rejected', 'approval.expired', 'approval.voided'];

describe('ticket, whatever happens in whatever order', () => {
  it('opens first and once, is decided at most once, and nothing happens afterwards', () => {
    fc.assert(
      fc.property(script, (given) => {
        const actions = play(given).map(({ action }) => action as string);
        expect(actions.filter((action) => action === 'approval.opened').length).toBe(actions.length > 0 ? 1 : 0);
        expect(actions[0] ?? 'approval.opened').toBe('approval.opened');
        const end = actions.findIndex((action) => ENDS.includes(action));
        if (end >= 0) expect(end).toBe(actions.length - 1);
      }),
      { numRuns: 300 },
    );
  });

  it('is approved by exactly its quorum of different people, none an agent, none bound by four-eyes', () => {
    fc.assert(
      fc.property(script, (given) => {
        const approved = play(given).find((event) => event.action === 'approval.approved');
        if (approved?.action !== 'approval.approved') return;
        const people = approved.detail.approved_by;
        expect(new Set(people).size).toBe(given.quorum);
        expect(people).toHaveLength(given.quorum);
        expect(people).not.toContain('bot');
        if (given.fourEyes) expect(people.filter((name) => name === 'developer' || name === 'dora')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
