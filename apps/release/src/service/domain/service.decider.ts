import { SlipwayError, unknownResource, type CreateService, type NewServiceEvent, type ServiceView } from '@slipway/contracts';
import type { Service } from './service.state';

/** @throws SlipwayError `already_exists` */
export function createService(request: CreateService, teamId: string, service: Service): NewServiceEvent[] {
  if (service.phase === 'active') {
    throw new SlipwayError('already_exists', `The project has a service '${request.name}' already; use it, or choose another name.`, {
      resource_type: 'service',
      service_id: service.view.service_id,
    });
  }
  const detail = { name: request.name, title: request.title ?? request.name, kind: request.kind ?? ('backend' as const) };
  return [{ action: 'service.created', status: 'active', teamId, detail }];
}

/** @throws SlipwayError `unknown_resource` */
export function updateService(title: string, ref: string, service: Service): NewServiceEvent[] {
  return activeService(service, ref).title === title ? [] : [{ action: 'service.updated', status: 'active', detail: { title } }];
}

/** A release by which a service is in use, and how, in words: `runs in prod/main`. */
export interface ServiceInUse {
  readonly releaseId: string;
  readonly what: string;
}

/** @throws SlipwayError `unknown_resource`, `resource_in_use` */
export function deleteService(reason: string, ref: string, inUse: ServiceInUse | undefined, service: Service): NewServiceEvent[] {
  if (service.phase === 'deleted') return [];
  activeService(service, ref);
  if (inUse) {
    throw new SlipwayError('resource_in_use', `Service '${ref}' is in use: release '${inUse.releaseId}' ${inUse.what}.`, {
      resource_type: 'service',
      release_id: inUse.releaseId,
    });
  }
  return [{ action: 'service.deleted', status: 'deleted', detail: { reason } }];
}

/** @throws SlipwayError `unknown_resource` for one that never was or was deleted. */
export function activeService(service: Service, ref: string): ServiceView {
  if (service.phase !== 'active') throw unknownResource('service', ref);
  return service.view;
}
