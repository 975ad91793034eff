import { deriveId, serviceId, type NewServiceEvent, type ServiceEvent } from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import { createService, deleteService, updateService, type ServiceInUse } from './service.decider';
import { serviceType, type Service } from './service.state';

const request = { project: 'demo', name: 'hello' };
const created: NewServiceEvent = {
  action: 'service.created',
  status: 'active',
  teamId: '_',
  detail: { name: 'hello', title: 'hello', kind: 'backend' },
};
const deleted: NewServiceEvent = { action: 'service.deleted', status: 'deleted', detail: { reason: 'unused' } };
const given = (...events: NewServiceEvent[]) =>
  new DeciderSpec<Service, ServiceEvent, NewServiceEvent>(serviceType, {
    projectId: 'demo',
    type: 'service',
    id: serviceId('demo', 'hello'),
  }).given(...events);
const create = (service: Service) => createService(request, '_', service);
const update = (title: string) => (service: Service) => updateService(title, 'hello', service);
const remove = (inUse?: ServiceInUse) => (service: Service) => deleteService('unused', 'hello', inUse, service);

describe('a service', () => {
  it('is created, with its name as title unless told', () => given().when(create).thenEvents(created));
  it('is created once', () => given(created).when(create).thenRefused('already_exists'));
  it('is created again after it was deleted', () => given(created, deleted).when(create).thenEvents(created));
  it('gets a new title, once', async () => {
    const updated: NewServiceEvent = { action: 'service.updated', status: 'active', detail: { title: 'Hello' } };
    await given(created).when(update('Hello')).thenEvents(updated);
    await given(created, updated).when(update('Hello')).thenNothing();
  });
  it('is deleted only when nothing of it runs', async () => {
    await given(created)
      .when(remove({ releaseId: deriveId('release', 'x'), what: 'runs in prod/main' }))
      .thenRefused('resource_in_use');
    await given(created).when(remove()).thenEvents(deleted);
    await given(created, deleted).when(remove()).thenNothing();
  });
  it('that is not there is unknown', async () => {
    await given().when(update('x')).thenRefused('unknown_resource');
    await given().when(remove()).thenRefused('unknown_resource');
    await given(created, deleted).when(update('x')).thenRefused('unknown_resource');
  });
});
