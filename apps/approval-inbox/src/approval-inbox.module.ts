import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ProjectionsModule } from '@slipway/projections-typeorm';
import { MIGRATIONS, SCHEMA } from './approval-inbox.schema';
import { ProjectionsController } from './operations/projections.controller';
import { ApproveTicketController } from './ticket/commands/approve-ticket/approve-ticket.controller';
import { ApproveTicketHandler } from './ticket/commands/approve-ticket/approve-ticket.handler';
import { RejectTicketController } from './ticket/commands/reject-ticket/reject-ticket.controller';
import { RejectTicketHandler } from './ticket/commands/reject-ticket/reject-ticket.handler';
import { ApprovalInboxProjection } from './ticket/projections/approval-inbox/approval-inbox.projection';
import { InboxActionRow, InboxItemRow } from './ticket/projections/approval-inbox/approval-inbox.row';
import { TicketRequestProjection } from './ticket/projections/ticket-request/ticket-request.projection';
import { TicketRequestRow } from './ticket/projections/ticket-request/ticket-request.row';
import { GetTicketController } from './ticket/queries/get-ticket/get-ticket.controller';
import { GetTicketHandler } from './ticket/queries/get-ticket/get-ticket.query';
import { ListTicketsController } from './ticket/queries/list-tickets/list-tickets.controller';
import { ListTicketsHandler } from './ticket/queries/list-tickets/list-tickets.query';
import { KeepTicketsOnReleaseEventsReaction } from './ticket/reactions/keep-tickets-on-release-events.reaction';
import { TicketDeciding } from './ticket/ticket-deciding';
import { TicketOpening } from './ticket/ticket-opening';
import { TicketReferences } from './ticket/ticket.references';
import { TicketExpirySweep } from './ticket/timers/ticket-expiry.sweep';

/** The global inbox: one ticket per request, decided once. Assignment and comments join as commands beside these. */
@Module({
  imports: [
    CqrsModule.forRoot(),
    ProjectionsModule.forService({
      schema: SCHEMA,
      migrations: MIGRATIONS,
      entities: [InboxItemRow, InboxActionRow, TicketRequestRow],
      projections: [ApprovalInboxProjection, TicketRequestProjection],
      reactions: [KeepTicketsOnReleaseEventsReaction],
      sweeps: [TicketExpirySweep],
      providers: [TicketOpening],
    }),
  ],
  controllers: [ApproveTicketController, RejectTicketController, GetTicketController, ListTicketsController, ProjectionsController],
  providers: [
    TicketReferences,
    TicketOpening,
    TicketDeciding,
    ApproveTicketHandler,
    RejectTicketHandler,
    GetTicketHandler,
    ListTicketsHandler,
  ],
})
export class ApprovalInboxModule {}
