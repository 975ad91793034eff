import {
  isDerivedId,
  runtimeOf,
  sameJson,
  SlipwayError,
  unknownResource,
  type CreateTarget,
  type CredentialPin,
  type NewTargetEvent,
  type ProcessConnection,
  type RuntimeType,
  type TargetConnection,
  type TargetUse,
} from '@slipway/contracts';
import type { ActiveTarget, Target } from './target.state';

export const DEFAULT_PROCESS_CONNECTION: ProcessConnection = { host: '127.0.0.1', port_from: 20_000, port_to: 29_999 };

/** The way into a target, as it was admitted: the credential is sealed by now. */
export interface TargetEntrance extends TargetCredentials {
  readonly connection: TargetConnection;
}
/** What opens it, and what opens its Prometheus. */
export interface TargetCredentials {
  readonly credential: CredentialPin | null;
  readonly prometheusCredential: CredentialPin | null;
}

export interface TargetIdentity {
  readonly targetId: string;
  readonly environmentId: string;
}

/** @throws SlipwayError `already_exists`, `invalid_request` for a connection of another runtime, a bad port range, or a name that reads as an id. */
export function createTarget(request: CreateTarget, entrance: TargetEntrance, identity: TargetIdentity, target: Target): NewTargetEvent[] {
  const { name, runtime_type } = request;
  if (isDerivedId(name)) throw new SlipwayError('invalid_request', `'${name}' reads as an id; choose another name.`, { field: 'name' });
  const connection = checked(entrance.connection, runtime_type);
  if (target.phase === 'active') {
    throw new SlipwayError('already_exists', `There is a target '${name}' in this environment already; choose another name, or use it.`, {
      target_id: identity.targetId,
    });
  }
  const { credential, prometheusCredential } = entrance;
  const pins = { ...(credential && { credential }), ...(prometheusCredential && { prometheus_credential: prometheusCredential }) };
  const detail = { name, environment_id: identity.environmentId, runtime_type, connection, ...pins };
  return [{ action: 'target.created', status: 'active', environmentId: identity.environmentId, detail }];
}

/** @throws SlipwayError `unknown_resource`, `resource_deleted`, `invalid_request` for a connection of another runtime or a bad port range. */
export function updateTarget(entrance: TargetEntrance, target: Target, ref: string): NewTargetEvent[] {
  const { environmentId, runtimeType, connection: current, ...opened } = activeTarget(target, ref);
  const connection = checked(entrance.connection, runtimeType);
  const moved = !sameJson(connection, current);
  if (!moved) return rotateCredential(entrance, target, ref);
  const detail = {
    connection,
    ...(isOther(entrance.credential, opened.credential) && { credential: entrance.credential }),
    ...(isOther(entrance.prometheusCredential, opened.prometheusCredential) && { prometheus_credential: entrance.prometheusCredential }),
  };
  return [{ action: 'target.updated', status: 'active', environmentId, detail }];
}

/** Null for the login of its Prometheus takes it away; what is absent stays. @throws SlipwayError `unknown_resource`, `resource_deleted` */
export function rotateCredential(
  { credential, prometheusCredential: login }: Partial<TargetCredentials>,
  target: Target,
  ref: string,
): NewTargetEvent[] {
  const { environmentId, ...current } = activeTarget(target, ref);
  const detail = {
    ...(credential && isOther(credential, current.credential) && { credential }),
    ...(login !== undefined && isOther(login, current.prometheusCredential) && { prometheus_credential: login }),
  };
  if (Object.keys(detail).length === 0) return [];
  return [{ action: 'target.credential_rotated', status: 'active', environmentId, detail }];
}

const isOther = (one: CredentialPin | null, other: CredentialPin | null): boolean =>
  one?.version !== other?.version || one?.fingerprint !== other?.fingerprint;

/** @throws SlipwayError `unknown_resource`, `resource_deleted`, `resource_in_use` */
export function deleteTarget(reason: string | undefined, { running, executed }: TargetUse, target: Target, ref: string): NewTargetEvent[] {
  const { environmentId, name } = activeTarget(target, ref);
  if (running.length + executed.length > 0) {
    const runs = running.map(({ service_name, artifact_version }) => `it runs ${service_name} ${artifact_version}`);
    const acts = executed.map(({ release_id, act }) => `the ${act} of release '${release_id}' is being carried out there`);
    const used = [...acts, ...runs];
    const more = used.length > 5 ? `, and ${used.length - 5} more` : '';
    const message = `The target '${name}' is in use: ${used.slice(0, 5).join(', ')}${more}. Deleted with force, what runs there goes on, and nobody looks after it.`;
    throw new SlipwayError('resource_in_use', message, { running: running.slice(0, 50), executed: executed.slice(0, 50) });
  }
  return [{ action: 'target.deleted', status: 'deleted', environmentId, detail: { reason: reason ?? '' } }];
}

/** @throws SlipwayError `unknown_resource`, or `resource_deleted` for one that was there. */
export function activeTarget(target: Target, ref: string): ActiveTarget {
  if (target.phase === 'active') return target;
  if (target.phase === 'absent') throw unknownResource('target', ref);
  throw new SlipwayError('resource_deleted', `The target '${target.name}' was deleted; create it again to use it.`, {
    target_id: target.id,
  });
}

function checked(connection: TargetConnection, runtime: RuntimeType): TargetConnection {
  const own = runtimeOf(connection);
  if (own !== runtime) {
    throw new SlipwayError('invalid_request', `This is a connection of runtime '${own}'; the target's runtime is '${runtime}'.`, {
      field: 'connection',
    });
  }
  if ('port_from' in connection) requireRange('port_from', connection.port_from, 'port_to', connection.port_to);
  if ('routed_port' in connection) {
    requireRange('routed_port', connection.routed_port, 'routed_port_to', connection.routed_port_to ?? connection.routed_port);
  }
  return connection;
}

function requireRange(from: string, first: number, to: string, last: number): void {
  if (first <= last) return;
  throw new SlipwayError('invalid_request', `${from} (${first}) is above ${to} (${last}); give the lower port first.`, {
    field: `connection.${to}`,
  });
}
