import { environmentId, targetId, type NewTargetEvent, type TargetEvent } from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import { createTarget, DEFAULT_PROCESS_CONNECTION, deleteTarget, rotateCredential, updateTarget } from './target.decider';
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
const none = { credential: null, prometheusCredential: null };
const here = { connection: { ...DEFAULT_PROCESS_CONNECTION }, ...none };
const docker = {
  host: 'docker.internal',
  port: 22,
  user: 'deploy',
  host_key: `SHA256:${'a'.repeat(43)}`,
  project_name: 'shop',
  routed_port: 8080,
};
const pin = { kind: 'ssh_key', version: 1, fingerprint: 'hmac:1', stored_at: '2026-11-20T00:00:00.000Z' } as const;
const host = { connection: docker, credential: pin, prometheusCredential: null };
const hosted: NewTargetEvent = {
  action: 'target.created',
  status: 'active',
  environmentId: environment,
  detail: { name: 'local', environment_id: environment, runtime_type: 'compose', connection: docker, credential: pin },
};
const deleted: NewTargetEvent = { action: 'target.deleted', status: 'deleted', environmentId: environment, detail: { reason: '' } };
const unused = { running: [], executed: [] };
const target = (...history: NewTargetEvent[]) =>
  new DeciderSpec<Target, TargetEvent, NewTargetEvent>(TargetAggregate, { projectId: 'shop', type: 'target', id }).given(...history);

describe('target', () => {
  it('is created with its connection', () =>
    target()
      .when((state) => createTarget(request, here, identity, state))
      .thenEvents(created));

  it('of another runtime than its connection is refused', () =>
    target()
      .when((state) => createTarget({ ...request, runtime_type: 'k8s' }, here, identity, state))
      .thenRefused('invalid_request'));

  it('on a Docker host names its credential, and never holds it', () =>
    target()
      .when((state) => createTarget({ ...request, runtime_type: 'compose' }, host, identity, state))
      .thenEvents(hosted));

  it('with another endpoint has another credential; with the same endpoint it keeps its own', async () => {
    const moved = { connection: { ...docker, host: 'other' }, credential: { ...pin, version: 2 } };
    await target(hosted)
      .when((state) => updateTarget({ ...moved, prometheusCredential: null }, state, 'local'))
      .thenEvents({ action: 'target.updated', status: 'active', environmentId: environment, detail: moved });
    const widened = { ...host, connection: { ...docker, routed_port_to: 8090 } };
    await target(hosted)
      .when((state) => updateTarget(widened, state, 'local'))
      .thenEvents({ action: 'target.updated', status: 'active', environmentId: environment, detail: { connection: widened.connection } });
  });

  it('changes its credential alone, once', async () => {
    const next = { ...pin, version: 2 };
    const rotated: NewTargetEvent = {
      action: 'target.credential_rotated',
      status: 'active',
      environmentId: environment,
      detail: { credential: next },
    };
    await target(hosted)
      .when((state) => rotateCredential({ credential: next, prometheusCredential: null }, state, 'local'))
      .thenEvents(rotated);
    await target(hosted, rotated)
      .when((state) => rotateCredential({ credential: next, prometheusCredential: null }, state, 'local'))
      .thenNothing();
    expect(target(hosted, rotated).fold().state).toMatchObject({ connection: docker, credential: next });
  });

  it('has a login for its Prometheus beside it, rotated alone, dropped with the address', async () => {
    const login = { kind: 'basic_auth', version: 1, fingerprint: 'hmac:a', stored_at: pin.stored_at } as const;
    const watched = { ...docker, prometheus: { url: 'https://metrics.internal' } };
    const given = { connection: watched, prometheus_credential: login };
    const updated: NewTargetEvent = { action: 'target.updated', status: 'active', environmentId: environment, detail: given };
    await target(hosted)
      .when((state) => updateTarget({ connection: watched, credential: pin, prometheusCredential: login }, state, 'local'))
      .thenEvents(updated);
    const next = { ...login, version: 2, fingerprint: 'hmac:b' };
    const rotated: NewTargetEvent = {
      action: 'target.credential_rotated',
      status: 'active',
      environmentId: environment,
      detail: { prometheus_credential: next },
    };
    await target(hosted, updated)
      .when((state) => rotateCredential({ credential: pin, prometheusCredential: next }, state, 'local'))
      .thenEvents(rotated);
    expect(target(hosted, updated, rotated).fold().state).toMatchObject({ credential: pin, prometheusCredential: next });
    const cleared: NewTargetEvent = { ...rotated, detail: { prometheus_credential: null } };
    await target(hosted, updated)
      .when((state) => rotateCredential({ credential: pin, prometheusCredential: null }, state, 'local'))
      .thenEvents(cleared);
    await target(hosted, updated, cleared)
      .when((state) => rotateCredential({ prometheusCredential: null }, state, 'local'))
      .thenNothing();
    await target(hosted, updated)
      .when((state) => rotateCredential({ credential: pin }, state, 'local'))
      .thenNothing();
    expect(target(hosted, updated, cleared).fold().state).toMatchObject({ credential: pin, prometheusCredential: null });
    const elsewhere = {
      connection: { ...docker, prometheus: { url: 'https://other.internal' } },
      credential: pin,
      prometheusCredential: null,
    };
    await target(hosted, updated)
      .when((state) => updateTarget(elsewhere, state, 'local'))
      .thenEvents({
        action: 'target.updated',
        status: 'active',
        environmentId: environment,
        detail: { connection: elsewhere.connection, prometheus_credential: null },
      });
  });

  it('refuses a port range that is upside down, on every path', async () => {
    const connection = { host: '127.0.0.1', port_from: 30_000, port_to: 20_000 } as const;
    await target()
      .when((state) => createTarget(request, { connection, ...none }, identity, state))
      .thenRefused('invalid_request');
    await target(created)
      .when((state) => updateTarget({ connection, ...none }, state, 'local'))
      .thenRefused('invalid_request');
  });

  it('is unique by name in its environment', () =>
    target(created)
      .when((state) => createTarget(request, here, identity, state))
      .thenRefused('already_exists'));

  it('changes its connection once', async () => {
    const connection = { ...DEFAULT_PROCESS_CONNECTION, port_to: 20_100 };
    await target(created)
      .when((state) => updateTarget({ connection, ...none }, state, 'local'))
      .thenEvents({ action: 'target.updated', status: 'active', environmentId: environment, detail: { connection } });
    await target(created)
      .when((state) => updateTarget(here, state, 'local'))
      .thenNothing();
  });

  it('is deleted when nothing runs there, and says what does', async () => {
    const running = [{ service_name: 'hello', artifact_version: '1.2.0', release_id: 'rel-1' }];
    const executed = [{ release_id: 'rel-2', act: 'apply' as const }];
    await target(created)
      .when((state) => deleteTarget('', unused, state, 'local'))
      .thenEvents(deleted);
    for (const use of [
      { running, executed: [] },
      { running: [], executed },
    ]) {
      await target(created)
        .when((state) => deleteTarget('', use, state, 'local'))
        .thenRefused('resource_in_use');
    }
    expect(() => deleteTarget('', { running, executed }, target(created).fold().state, 'local')).toThrow(
      "The target 'local' is in use: the apply of release 'rel-2' is being carried out there, it runs hello 1.2.0. Deleted with force, what runs there goes on, and nobody looks after it.",
    );
  });
  it('is created again after it was deleted, its history going on', async () => {
    await target(created, deleted)
      .when((state) => deleteTarget('', unused, state, 'local'))
      .thenRefused('resource_deleted');
    await target(created, deleted)
      .when((state) => createTarget(request, here, identity, state))
      .thenEvents(created);
    expect(target(created, deleted, created).fold().state).toMatchObject({ phase: 'active', version: 3 });
  });
});
