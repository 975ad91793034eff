import { deriveId, type ServiceName } from '@slipway/contracts';
import type { Clock } from './clock';
import type { CommandContext } from './command';
import type { Recorded } from './event-store';

/** A service acting by itself: `service:<name>`, never a human. */
const servicePrincipal = (service: ServiceName): CommandContext['principal'] => ({ actorId: `service:${service}`, actorType: 'service' });

/**
 * The context of a reaction: its command id derives from reaction and cause, so an event delivered twice is one command.
 * The correlation is kept, the causation is the cause's event id.
 */
export function serviceContext(cause: Recorded, service: ServiceName, reaction: string, clock: Clock): CommandContext {
  return {
    commandId: deriveId('command', reaction, cause.event.event_id),
    principal: servicePrincipal(service),
    source: 'system',
    correlationId: cause.event.correlation_id,
    causationId: cause.event.event_id,
    now: clock.now(),
    teamId: cause.event.team_id,
    conversationId: cause.event.conversation_id,
  };
}

/**
 * The context of a timer (expiry, sweep): its command id derives from the timer's name and what makes this firing unique,
 * e.g. the resource and the time it was due, so two replicas firing at once are one command.
 */
export function timerContext(service: ServiceName, timer: string, key: readonly string[], clock: Clock): CommandContext {
  const commandId = deriveId('command', timer, ...key);
  return {
    commandId,
    principal: servicePrincipal(service),
    source: 'system',
    correlationId: commandId,
    causationId: commandId,
    now: clock.now(),
  };
}
