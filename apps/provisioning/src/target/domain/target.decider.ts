import {
  canonicalJson,
  isDerivedId,
  SlipwayError,
  unknownResource,
  type CreateTarget,
  type NewTargetEvent,
  type ProcessConnection,
  type RuntimeType,
  type TargetConnection,
} from '@slipway/contracts';
import type { ActiveTarget, Target } from './target.state';

/** Runtimes that this version of the platform can deploy to. */
export const SERVED_RUNTIMES: readonly RuntimeType[] = ['process'];
export const DEFAULT_PROCESS_CONNECTION: ProcessConnection = { host: '127.0.0.1', port_from: 20_000, port_to: 29_999 };

export interface TargetIdentity {
  readonly targetId: string;
  readonly environmentId: string;
}

/** @throws SlipwayError `already_exists`, `invalid_request` for a runtime that is not served, a bad port range, or a name that reads as an id. */
export function createTarget(request: CreateTarget, identity: TargetIdentity, target: Target): NewTargetEvent[] {
  const { name, runtime_type } = request;
  if (isDerivedId(name)) throw new SlipwayError('invalid_request', `'${name}' reads as an id; choose another name.`, { field: 'name' });
  assertServed(runtime_type);
  const connection = checked(request.connection ?? DEFAULT_PROCESS_CONNECTION);
  if (target.phase === 'active') {
    throw new SlipwayError('already_exists', `There is a target '${name}' in this environment already; choose another name, or use it.`, {
      target_id: identity.targetId,
    });
  }
  const detail = { name, environment_id: identity.environmentId, runtime_type, connection };
  return [{ action: 'target.created', status: 'active', environmentId: identity.environmentId, detail }];
}

/** @throws SlipwayError `unknown_resource`, `resource_deleted`, `invalid_request` for a bad port range. */
export function updateTarget(connection: TargetConnection, target: Target, ref: string): NewTargetEvent[] {
  const { environmentId, connection: current } = activeTarget(target, ref);
  if (canonicalJson(checked(connection)) === canonicalJson(current)) return [];
  return [{ action: 'target.updated', status: 'active', environmentId, detail: { connection } }];
}

/** @throws SlipwayError `unknown_resource`, `resource_deleted` */
export function deleteTarget(reason: string | undefined, target: Target, ref: string): NewTargetEvent[] {
  const { environmentId } = activeTarget(target, ref);
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

function assertServed(runtime: RuntimeType): void {
  if (SERVED_RUNTIMES.includes(runtime)) return;
  const served = SERVED_RUNTIMES.join(', ');
  const message = `This platform does not deploy to '${runtime}' targets yet; runtimes served: ${served}.`;
  throw new SlipwayError('invalid_request', message, { field: 'runtime_type', served: SERVED_RUNTIMES });
}

function checked(connection: TargetConnection): TargetConnection {
  if (!('port_from' in connection) || connection.port_from <= connection.port_to) return connection;
  const message = `port_from (${connection.port_from}) is above port_to (${connection.port_to}); give the lower port first.`;
  throw new SlipwayError('invalid_request', message, { field: 'connection.port_to' });
}
