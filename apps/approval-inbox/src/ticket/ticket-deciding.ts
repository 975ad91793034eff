import { Injectable } from '@nestjs/common';
import { GATE_ACTS, requirePermissions, unknownResource, type ById, type NewApprovalEvent, type TicketView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { gateType, readGates, requireOpen, verdictOf } from '@slipway/gates';
import type { CallerContext } from '@slipway/service-kit';
import { openedTicket, type DecideTicket } from './domain/ticket.decider';
import { notHuman, ticketDecided } from './domain/ticket.errors';
import { TicketAggregate, type PendingTicket, type Ticket } from './domain/ticket.state';
import { ticketView } from './domain/ticket.view';
import { TicketReferences, type TicketRefs } from './ticket.references';
import { TicketOpening } from './ticket-opening';

export interface Decided {
  readonly view: TicketView;
  readonly position: number;
}
type Decision = (command: DecideTicket, ticket: Ticket, ref: string) => NewApprovalEvent[];
type Deciding = (...of: Parameters<Decision>) => NewApprovalEvent[] | Promise<NewApprovalEvent[]>;

/** What all acts on a ticket share: who may, which ticket, and that it is open. */
@Injectable()
export class TicketDeciding {
  constructor(
    private readonly runner: CommandRunner,
    private readonly references: TicketReferences,
    private readonly opening: TicketOpening,
  ) {}

  /** @throws SlipwayError what the decision throws; `ticket_decided` when its owner has moved on; `unknown_resource` */
  async decide(request: ById & { comment?: string }, caller: CallerContext, decision: Deciding): Promise<Decided> {
    const { principal } = caller;
    if (principal.actorType !== 'human') throw notHuman(principal.actorId, principal.actorType);
    requirePermissions(principal, 'deploy:approval:review');
    return this.act(request, caller, (now, ticket) => decision({ by: principal, comment: request.comment, now }, ticket, request.id));
  }

  /**
   * `decide` for an approval: nothing is approved into a place whose gates are closed.
   * @throws as `decide` does; `line_stopped`, `frozen`
   */
  async approve(request: ById & { comment?: string }, caller: CallerContext, decision: Decision): Promise<Decided> {
    return this.decide(request, caller, async (command, ticket, ref) => {
      const events = decision(command, ticket, ref);
      if (events.length > 0 && ticket.phase === 'pending') await this.requireGateOpen(ticket, command.now);
      return events;
    });
  }

  private async requireGateOpen({ facts }: PendingTicket, now: string): Promise<void> {
    const { projectId, environmentId, request } = facts;
    const act = GATE_ACTS.find((one) => one === request.act);
    if (!act) return;
    requireOpen(verdictOf(await readGates((ref) => this.runner.load(gateType, ref), projectId, environmentId), act, now));
  }

  /** Anything else that a caller does to a ticket that is in their scope. @throws as `decide` does */
  async act(
    request: ById,
    caller: CallerContext,
    decision: (now: string, ticket: Ticket) => NewApprovalEvent[] | Promise<NewApprovalEvent[]>,
  ): Promise<Decided> {
    const refs = await this.references.resolve(request, caller);
    await this.requireAsked(refs);
    const context = caller.commandContext();
    const result = await this.runner.run(TicketAggregate, refs.ticket, context, (ticket) => decision(context.now, ticket));
    return { view: ticketView(openedTicket(result.aggregate.state, request.id)), position: result.position };
  }

  private async requireAsked(refs: TicketRefs): Promise<void> {
    const [requested, ticket] = await Promise.all([this.opening.requested(refs), this.runner.load(TicketAggregate, refs.ticket)]);
    if (!requested) throw unknownResource('ticket', refs.ticket.id);
    if (ticket.state.phase === 'absent') await this.opening.open(refs.ticket, requested);
    const undecided = ticket.state.phase === 'absent' || ticket.state.phase === 'pending';
    const { withdrawn } = requested;
    if (undecided && withdrawn) throw ticketDecided(refs.ticket.id, withdrawn.cause, [], withdrawn.why);
  }
}
