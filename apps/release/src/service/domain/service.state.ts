import type { ServiceEvent, ServiceView } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** A deployable component. Deleting and creating again continues the same aggregate (ADR 0003). */
export type Service = { readonly phase: 'none' } | { readonly phase: 'active' | 'deleted'; readonly view: ServiceView };

export function evolve(service: Service, event: ServiceEvent): Service {
  if (event.action === 'service.created') return { phase: 'active', view: created(event) };
  if (service.phase === 'none') return service;
  switch (event.action) {
    case 'service.updated':
      return { ...service, view: { ...service.view, title: event.detail.title, updated_at: event.occurred_at } };
    case 'service.deleted':
      return { phase: 'deleted', view: { ...service.view, updated_at: event.occurred_at } };
    default:
      return unknown(service, event);
  }
}

const unknown = (service: Service, _event: never): Service => service;

const created = (event: Extract<ServiceEvent, { action: 'service.created' }>): ServiceView => ({
  service_id: event.resource_id,
  project_id: event.project_id,
  name: event.detail.name,
  title: event.detail.title,
  kind: event.detail.kind,
  created_at: event.occurred_at,
  updated_at: event.occurred_at,
});

export const serviceType: AggregateType<Service, ServiceEvent> = { type: 'service', initial: { phase: 'none' }, evolve };
