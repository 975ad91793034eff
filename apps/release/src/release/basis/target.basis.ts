import type { CredentialPin, RuntimeType, TargetConnection, TargetEvent } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** A target as a release needs it; null: there is none. Written by provisioning. */
export type TargetBasis = {
  readonly name: string;
  readonly environmentId: string;
  readonly runtimeType: RuntimeType;
  readonly connection: TargetConnection;
  readonly credential: CredentialPin | null;
  readonly deleted: boolean;
  /** aggregate_version of the last event that a preview depends on: a rotated credential changes nothing that was reviewed. */
  readonly version: number;
} | null;

function evolve(target: TargetBasis, event: TargetEvent): TargetBasis {
  if (event.action === 'target.created') {
    const { name, environment_id, runtime_type, connection, credential } = event.detail;
    const place = { name, environmentId: environment_id, runtimeType: runtime_type, connection, credential: credential ?? null };
    return { ...place, deleted: false, version: event.aggregate_version };
  }
  if (!target) return target;
  switch (event.action) {
    case 'target.updated': {
      const { connection, credential } = event.detail;
      return {
        ...target,
        connection,
        credential: credential === undefined ? target.credential : credential,
        version: event.aggregate_version,
      };
    }
    case 'target.credential_rotated':
      return { ...target, credential: event.detail.credential ?? target.credential };
    case 'target.deleted':
      return { ...target, deleted: true, version: event.aggregate_version };
  }
}

export const targetBasis: AggregateType<TargetBasis, TargetEvent> = { type: 'target', initial: null, evolve };
