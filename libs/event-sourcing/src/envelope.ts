import { deriveId, EVENT_TYPES, NONE, SlipwayError, type AggregateRef, type EventEnvelope, type NewEvent } from '@slipway/contracts';
import type { CommandContext } from './command';

/** Same aggregate, command and ordinal: same id, so a repeated command cannot make a second event. Ordinals count from 1. */
export const eventId = (ref: AggregateRef, commandId: string, ordinal: number): string =>
  deriveId('event', `${ref.projectId}/${ref.type}/${ref.id}`, commandId, String(ordinal));

/** Completes what a decider returned to the envelopes that the log holds; versions continue `version`. */
export function envelopesOf(ref: AggregateRef, version: number, events: readonly NewEvent[], context: CommandContext): EventEnvelope[] {
  return events.map((event, index) => ({
    event_id: eventId(ref, context.commandId, index + 1),
    action: event.action,
    resource_type: ref.type,
    resource_id: ref.id,
    project_id: ref.projectId,
    team_id: event.teamId ?? context.teamId ?? NONE,
    environment_id: event.environmentId ?? NONE,
    actor_id: context.principal.actorId,
    actor_type: context.principal.actorType,
    source: context.source,
    status: event.status,
    occurred_at: context.now,
    detail: event.detail as Record<string, unknown>,
    schema_version: schemaVersion(event.action),
    correlation_id: context.correlationId,
    causation_id: context.causationId,
    command_id: context.commandId,
    aggregate_version: version + index + 1,
    ...(event.previewRef === undefined ? {} : { preview_ref: event.previewRef }),
    ...(context.requestDigest === undefined ? {} : { request_digest: context.requestDigest }),
    ...(context.principal.onBehalfOf === undefined ? {} : { on_behalf_of: context.principal.onBehalfOf }),
    ...(context.conversationId === undefined ? {} : { conversation_id: context.conversationId }),
  }));
}

function schemaVersion(action: string): number {
  const type = EVENT_TYPES[action];
  if (!type) throw new SlipwayError('internal', `'${action}' is not an event type of the contracts`);
  return type.version;
}
