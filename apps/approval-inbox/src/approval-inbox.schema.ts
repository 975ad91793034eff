import type { MigrationClass } from '@slipway/projections-typeorm';
import { ApprovalInbox1763650000001 } from './ticket/projections/approval-inbox/approval-inbox.migration';
import { InboxAsOf1764400000000 } from './ticket/projections/approval-inbox/inbox-as-of.migration';
import { InboxDimensions1763700000001 } from './ticket/projections/approval-inbox/inbox-dimensions.migration';
import { InboxMine1763700000003 } from './ticket/projections/approval-inbox/inbox-mine.migration';
import { InboxVotes1764450000000 } from './ticket/projections/approval-inbox/inbox-votes.migration';
import { AnyResource1763700000000 } from './ticket/projections/ticket-request/any-resource.migration';
import { TicketRequests1763650000000 } from './ticket/projections/ticket-request/ticket-request.migration';

export const SCHEMA = 'approval_inbox';
/** In the order in which they run. */
export const MIGRATIONS: readonly MigrationClass[] = [
  TicketRequests1763650000000,
  ApprovalInbox1763650000001,
  AnyResource1763700000000,
  InboxDimensions1763700000001,
  InboxMine1763700000003,
  InboxAsOf1764400000000,
  InboxVotes1764450000000,
];
