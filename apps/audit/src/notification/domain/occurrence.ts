import {
  topicOf,
  type ApprovalRequest,
  type DeploymentRecord,
  type EventEnvelope,
  type EventOf,
  type Place,
  type Topic,
} from '@slipway/contracts';

/** What a ticket's first event says of it; the later ones do not say it again. */
export interface TicketFacts {
  readonly id: string;
  readonly place: Required<Place>;
  readonly request: ApprovalRequest;
  readonly requestedBy: string;
  readonly previewedBy: string;
  readonly releaseId: string | null;
}

export function ticketFacts(event: EventOf<'approval.opened'>): TicketFacts {
  const { request, requested_by, previewed_by, release_id } = event.detail;
  return {
    id: event.resource_id,
    place: { projectId: event.project_id, environmentId: event.environment_id },
    request,
    requestedBy: requested_by,
    previewedBy: previewed_by ?? requested_by,
    releaseId: release_id,
  };
}

/** Something that people are told of, with what it is judged and described by. */
export interface Occurrence {
  readonly topic: Topic;
  readonly event: EventEnvelope;
  readonly place: Place;
  /** Who did it: nobody is told what he did himself. */
  readonly actorId: string;
  /** Whom the event itself names: mentioned, assigned, delegated to. */
  readonly named: readonly string[];
  readonly toRole: string | null;
  readonly ticket: TicketFacts | undefined;
  readonly deployment: DeploymentRecord | undefined;
}

/** Undefined for an event that nobody is told of. */
export function occurrenceOf(event: EventEnvelope, ticket?: TicketFacts, deployment?: DeploymentRecord): Occurrence | undefined {
  const topic = topicOf(event);
  if (topic === undefined) return undefined;
  const place = ticket?.place ?? { projectId: event.project_id, environmentId: event.environment_id };
  const toRole = event.action === 'approval.escalated' ? (event as EventOf<'approval.escalated'>).detail.to_role : null;
  return { topic, event, place, actorId: event.actor_id, named: namedBy(event), toRole, ticket, deployment };
}

function namedBy(event: EventEnvelope): readonly string[] {
  if (event.action === 'approval.commented') return (event as EventOf<'approval.commented'>).detail.mentions;
  if (event.action === 'approval.delegated') return [(event as EventOf<'approval.delegated'>).detail.to];
  if (event.action !== 'approval.assigned') return [];
  const { assignee } = (event as EventOf<'approval.assigned'>).detail;
  return assignee === null ? [] : [assignee];
}
