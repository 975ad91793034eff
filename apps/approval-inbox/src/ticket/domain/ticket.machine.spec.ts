import { isSlipwayError, type ApprovalEvent, type NewApprovalEvent } from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import fc from 'fast-check';
import { delegateTicket } from './collaboration.decider';
import { approveTicket, expireTicket, openTicket, rejectTicket, voidTicket } from './ticket.decider';
import { open, person, TICKET } from './ticket.fixture';
import { TicketAggregate, type Ticket } from './ticket.state';

const PEOPLE = ['developer', 'dora', 'ann', 'bob', 'cleo', 'bot'] as const;
const MANAGERS: readonly string[] = ['developer', 'ann', 'bob'];
const minute = (n: number): string => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();

const anybody = fc.constantFrom(...PEOPLE);
const step = fc.oneof(
  fc.record({ act: fc.constant('open' as const) }),
  { weight: 3, arbitrary: fc.record({ act: fc.constantFrom('approve' as const, 'reject' as const), who: anybody }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('delegate' as const), who: anybody, to: anybody }) },
  fc.record({ act: fc.constantFrom('expire' as const, 'void' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
const script = fc.record({
  quorum: fc.integer({ min: 1, max: 4 }),
  fourEyes: fc.boolean(),
  approvers: fc.subarray(['developer', 'ann', 'bob']),
  role: fc.constantFrom(null, 'manager'),
  expires: fc.option(fc.integer({ min: 1, max: 20 })),
  steps: fc.array(step, { maxLength: 25 }),
});
/** Few people who hand on and approve, and nothing that ends it early. */
const some = fc.constantFrom('ann', 'bob', 'cleo');
const handing = fc.oneof(
  fc.record({ act: fc.constant('approve' as const), who: some }),
  fc.record({ act: fc.constant('delegate' as const), who: some, to: some }),
);
const approvals = fc.record({
  quorum: fc.integer({ min: 2, max: 3 }),
  fourEyes: fc.boolean(),
  approvers: fc.subarray(['ann', 'bob']),
  role: fc.constantFrom(null, 'manager'),
  expires: fc.constant(null),
  steps: fc.array(handing, { minLength: 5, maxLength: 15 }).map((steps) => [{ act: 'open' as const }, ...steps]),
});
type Script = typeof script extends fc.Arbitrary<infer S> ? S : never;

const who = (name: string) =>
  person(name, { ...(name === 'bot' ? { actorType: 'agent' } : {}), roles: MANAGERS.includes(name) ? ['manager'] : [] });

function decide(one: Step, state: Ticket, now: string, given: ReturnType<typeof open>): NewApprovalEvent[] {
  switch (one.act) {
    case 'open':
      return openTicket(given, state);
    case 'approve':
      return approveTicket({ by: who(one.who), comment: undefined, now }, state, TICKET);
    case 'reject':
      return rejectTicket({ by: who(one.who), comment: undefined, now }, state, TICKET);
    case 'delegate':
      return delegateTicket({ by: who(one.who), to: one.to, comment: undefined, now }, state, TICKET);
    case 'expire':
      return expireTicket(now, state);
    case 'void':
      return voidTicket('superseded', 'moved on', state);
  }
}

function play({ quorum, fourEyes, approvers, role, expires, steps }: Script): NewApprovalEvent[] {
  const expires_at = expires === null ? null : minute(expires);
  const given = open({ quorum, four_eyes: fourEyes, approvers, required_role: role, expires_at }, { previewed_by: 'dora' });
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

/** Whose approvals were given, by whom. */
const votesOf = (events: readonly NewApprovalEvent[]): { of: string; by: string }[] =>
  events.flatMap((event) => {
    if (event.action !== 'approval.reviewed' && event.action !== 'approval.approved') return [];
    const by = event.action === 'approval.reviewed' ? event.detail.reviewer : event.detail.approved_by.at(-1)!;
    return [{ of: event.detail.in_place_of ?? by, by }];
  });

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
      fc.property(fc.oneof(script, approvals), (given) => {
        const approved = play(given).find((event) => event.action === 'approval.approved');
        if (approved?.action !== 'approval.approved') return;
        const people = approved.detail.approved_by;
        expect(new Set(people).size).toBe(given.quorum);
        expect(people).toHaveLength(given.quorum);
        expect(people).not.toContain('bot');
        if (given.fourEyes) expect(people.filter((name) => name === 'developer' || name === 'dora')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('has the approvals of different approvers, each named and in the role, whoever gave them', () => {
    fc.assert(
      fc.property(approvals, (given) => {
        const votes = votesOf(play(given));
        const places = votes.map(({ of }) => of);
        expect(new Set(places).size).toBe(places.length);
        expect(new Set(votes.map(({ by }) => by)).size).toBe(votes.length);
        if (given.approvers.length > 0) expect(places.filter((one) => !given.approvers.includes(one))).toEqual([]);
        if (given.role !== null) expect(places.filter((one) => !MANAGERS.includes(one))).toEqual([]);
        if (given.fourEyes) expect(places.filter((one) => one === 'developer' || one === 'dora')).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
