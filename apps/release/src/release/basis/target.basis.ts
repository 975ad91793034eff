import type { RuntimeType, TargetConnection, TargetEvent } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** A target as a release needs it; null: there is none. Written by provisioning. */
export type TargetBasis = {
  readonly name: string;
  readonly environmentId: string;
  readonly runtimeType: RuntimeType;
  readonly connection: TargetConnection;
  readonly deleted: boolean;
} | null;

function evolve(target: TargetBasis, event: TargetEvent): TargetBasis {
  if (event.action === 'target.created') {
    const { name, environment_id, runtime_type, connection } = event.detail;
    return { name, environmentId: environment_id, runtimeType: runtime_type, connection, deleted: false };
  }
  if (!target) return target;
  return event.action === 'target.updated' ? { ...target, connection: event.detail.connection } : { ...target, deleted: true };
}

export const targetBasis: AggregateType<TargetBasis, TargetEvent> = { type: 'target', initial: null, evolve };
