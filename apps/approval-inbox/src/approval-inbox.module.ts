import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ProjectionsModule } from '@slipway/projections-typeorm';
import { MIGRATIONS, SCHEMA } from './approval-inbox.schema';
import { ProjectionsController } from './operations/projections.controller';
import { AssignTicketController } from './ticket/commands/assign-ticket/assign-ticket.controller';
import { AssignTicketHandler } from './ticket/commands/assign-ticket/assign-ticket.handler';
import { CommentTicketController } from './ticket/commands/comment-ticket/comment-ticket.controller';
import { CommentTicketHandler } from './ticket/commands/comment-ticket/comment-ticket.handler';
import { DelegateTicketController } from './ticket/commands/delegate-ticket/delegate-ticket.controller';
import { DelegateTicketHandler } from './ticket/commands/delegate-ticket/delegate-ticket.handler';
import { ApproveTicketController } from './ticket/commands/approve-ticket/approve-ticket.controller';
import { ApproveTicketHandler } from './ticket/commands/approve-ticket/approve-ticket.handler';
import { RejectTicketController } from './ticket/commands/reject-ticket/reject-ticket.controller';
import { RejectTicketHandler } from './ticket/commands/reject-ticket/reject-ticket.handler';
import { ApprovalInboxProjection } from './ticket/projections/approval-inbox/approval-inbox.projection';
import { InboxActionRow, InboxItemRow } from './ticket/projections/approval-inbox/approval-inbox.row';
import { TicketRequestProjection } from './ticket/projections/ticket-request/ticket-request.projection';
import { TicketRequestRow } from './ticket/projections/ticket-request/ticket-request.row';
import { CountTicketsController } from './ticket/queries/count-tickets/count-tickets.controller';
import { CountTicketsHandler } from './ticket/queries/count-tickets/count-tickets.query';
import { GetTicketController } from './ticket/queries/get-ticket/get-ticket.controller';
import { GetTicketHandler } from './ticket/queries/get-ticket/get-ticket.query';
import { ListTicketsController } from './ticket/queries/list-tickets/list-tickets.controller';
import { ListTicketsHandler } from './ticket/queries/list-tickets/list-tickets.query';
import { InboxFreshness } from './ticket/queries/inbox-freshness';
import { KeepTicketsOnRequestsReaction } from './ticket/reactions/keep-tickets-on-requests.reaction';
import { TicketDeciding } from './ticket/ticket-deciding';
import { TicketOpening } from './ticket/ticket-opening';
import { TicketReferences } from './ticket/ticket.references';
import { TicketEscalationSweep } from './ticket/timers/ticket-escalation.sweep';
import { TicketExpirySweep } from './ticket/timers/ticket-expiry.sweep';
import { TicketReminderSweep } from './ticket/timers/ticket-reminder.sweep';

/** The global inbox: one ticket per request, whoever asks, decided once. */
@Module({
  imports: [
    CqrsModule.forRoot(),
    ProjectionsModule.forService({
      schema: SCHEMA,
      migrations: MIGRATIONS,
      entities: [InboxItemRow, InboxActionRow, TicketRequestRow],
      projections: [ApprovalInboxProjection, TicketRequestProjection],
      reactions: [KeepTicketsOnRequestsReaction],
      sweeps: [TicketExpirySweep, TicketReminderSweep, TicketEscalationSweep],
      providers: [TicketOpening],
    }),
  ],
  controllers: [
    ApproveTicketController,
    RejectTicketController,
    AssignTicketController,
    DelegateTicketController,
    CommentTicketController,
    GetTicketController,
    ListTicketsController,
    CountTicketsController,
    ProjectionsController,
  ],
  providers: [
    TicketReferences,
    TicketOpening,
    TicketDeciding,
    ApproveTicketHandler,
    RejectTicketHandler,
    AssignTicketHandler,
    DelegateTicketHandler,
    CommentTicketHandler,
    InboxFreshness,
    GetTicketHandler,
    CountTicketsHandler,
    ListTicketsHandler,
  ],
})
export class ApprovalInboxModule {}
