import type { AggregateRef } from '@slipway/contracts';
import type { OpenTicket } from './ticket.decider';
import { factsOf, type PendingTicket } from './ticket.state';

/** A ticket that its owner has asked for and that is about to be opened: as it will be then. */
export const requestedState = ({ id, projectId }: AggregateRef, { environmentId, teamId, detail }: OpenTicket): PendingTicket => ({
  phase: 'pending',
  facts: { id, projectId, teamId, environmentId, ...factsOf(detail) },
  approvedBy: [],
  votes: [],
  assignee: null,
  delegations: [],
  mentions: [],
  reminded: false,
  escalation: null,
  actions: [],
  version: 0,
});
