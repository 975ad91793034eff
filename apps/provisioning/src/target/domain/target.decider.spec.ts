import { environmentId, targetId, type NewTargetEvent, type TargetEvent } from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import { createTarget, DEFAULT_PROCESS_CONNECTION, deleteTarget, updateTarget } from './target.decider';
import { TargetAggregate, type Target } from './target.state';

const environment = environmentId('shop', 'dev');
const id = targetId(environment, 'local');
const identity = { targetId: id, environmentId: environment };
const request = { project: 'shop', environment: 'dev', name: 'local', runtime_type: 'process' } as const;
const created: NewTargetEvent = {
  action: 'target.created',
  status: 'active',
  environmentId: environment,
  detail: { name: 'local', environment_id: environment, runtime_type: 'process', connection: DEFAULT_PROCESS_CONNECTION },
};
const deleted: NewTargetEvent = { action: 'target.deleted', status: 'deleted', environmentId: environment, detail: { reason: '' } };
const target = (...history: NewTargetEvent[]) =>
  new DeciderSpec<Target, TargetEvent, NewTargetEvent>(TargetAggregate, { projectId: 'shop', type: 'target', id }).given(...history);

describe('target', () => {
  it('listens on this host, ports 20000 to 29999, unless told otherwise', () =>
    target()
      .when((state) => createTarget(request, identity, state))
      .thenEvents(created));

  it.each(['k8s', 'compose'] as const)('of runtime %s is refused, naming what is served', (runtime_type) => {
    expect(() => createTarget({ ...request, runtime_type }, identity, { phase: 'absent' })).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        message: expect.stringContaining('process'),
        details: { field: 'runtime_type', served: ['process'] },
      }),
    );
  });

  it('refuses a port range that is upside down, on every path', async () => {
    const connection = { host: '127.0.0.1', port_from: 30_000, port_to: 20_000 } as const;
    await target()
      .when((state) => createTarget({ ...request, connection }, identity, state))
      .thenRefused('invalid_request');
    await target(created)
      .when((state) => updateTarget(connection, state, 'local'))
      .thenRefused('invalid_request');
  });

  it('is unique by name in its environment', () =>
    target(created)
      .when((state) => createTarget(request, identity, state))
      .thenRefused('already_exists'));

  it('changes its connection once', async () => {
    const connection = { ...DEFAULT_PROCESS_CONNECTION, port_to: 20_100 };
    await target(created)
      .when((state) => updateTarget(connection, state, 'local'))
      .thenEvents({ action: 'target.updated', status: 'active', environmentId: environment, detail: { connection } });
    await target(created)
      .when((state) => updateTarget({ ...DEFAULT_PROCESS_CONNECTION }, state, 'local'))
      .thenNothing();
  });

  it('is created again after it was deleted, its history going on', async () => {
    await target(created, deleted)
      .when((state) => deleteTarget('', state, 'local'))
      .thenRefused('resource_deleted');
    await target(created, deleted)
      .when((state) => createTarget(request, identity, state))
      .thenEvents(created);
    expect(target(created, deleted, created).fold().state).toMatchObject({ phase: 'active', version: 3 });
  });
});
