import type { AggregateRef, TicketView } from '@slipway/contracts';
import type { OpenTicket } from './ticket.decider';
import { ticketView } from './ticket.view';

/** A ticket that its release has asked for and that is about to be opened: as it will read then. */
export function requestedView({ id, projectId }: AggregateRef, { environmentId, teamId, previewRef, detail }: OpenTicket): TicketView {
  return ticketView({
    phase: 'pending',
    facts: {
      id,
      projectId,
      teamId,
      environmentId,
      request: detail.request,
      releaseId: detail.release_id,
      previewRef,
      serviceName: detail.service_name,
      environmentName: detail.environment_name,
      environmentType: detail.environment_type,
      artifactVersion: detail.artifact_version,
      requestedBy: detail.requested_by,
      requestedByType: detail.requested_by_type,
      previewedBy: detail.previewed_by ?? detail.requested_by,
      requestedAt: detail.requested_at,
    },
    approvedBy: [],
    actions: [],
    version: 0,
  });
}
