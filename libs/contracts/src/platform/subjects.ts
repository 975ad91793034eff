import { NONE, isName } from './names';
import type { ResourceType, ServiceName } from './ownership';

/** Names of the JetStream streams and buckets. */
export const STREAMS = { events: 'EVENTS', logs: 'LOGS', health: 'HEALTH' } as const;
export const BUCKETS = { blobs: 'BLOBS', locks: 'LOCKS', secrets: 'SECRETS', endpoints: 'ENDPOINTS' } as const;

export interface AggregateRef {
  readonly projectId: string;
  readonly type: ResourceType;
  readonly id: string;
}

function token(value: string): string {
  if (value !== NONE && !isName(value)) throw new TypeError(`'${String(value)}' cannot be part of a subject`);
  return value;
}

/** `events.<project>.<type>.<event>.<id>` of one event; `action` is `<type>.<event>`. */
export const eventSubject = (ref: AggregateRef, action: string): string =>
  `events.${token(ref.projectId)}.${ref.type}.${action.slice(ref.type.length + 1)}.${token(ref.id)}`;

/** All events of one aggregate: `events.<project>.<type>.*.<id>`. */
export const aggregateSubject = (ref: AggregateRef): string => `events.${token(ref.projectId)}.${ref.type}.*.${token(ref.id)}`;

/** All events of some types in every project, e.g. for a projection: `events.*.<type>.>`. */
export const typeSubjects = (...types: readonly ResourceType[]): string[] => types.map((type) => `events.*.${type}.>`);

/** One action in every project: `events.*.release.approved.*`. */
export const actionSubject = (action: string): string => `events.*.${action}.*`;

/** All events of one project. */
export const projectSubject = (projectId: string): string => `events.${token(projectId)}.>`;

export const logSubject = (runId: string): string => `logs.${token(runId)}`;
export const healthSubject = (service: ServiceName, instance: string): string => `health.${service}.${token(instance)}`;
export const rpcSubject = (service: ServiceName, method: string): string => `rpc.${service}.${method}`;
