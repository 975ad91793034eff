import type { CredentialPin, RuntimeType, TargetConnection, TargetEvent } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

export interface TargetFacts {
  readonly id: string;
  readonly projectId: string;
  readonly environmentId: string;
  readonly name: string;
  readonly runtimeType: RuntimeType;
  readonly connection: TargetConnection;
  readonly credential: CredentialPin | null;
  readonly prometheusCredential: CredentialPin | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}
export type ActiveTarget = TargetFacts & { readonly phase: 'active' };
/** A deleted target may be created again: the same aggregate continues, with its history. */
export type Target = { readonly phase: 'absent' } | ActiveTarget | (TargetFacts & { readonly phase: 'deleted' });

const ignore = <S>(_event: never, state: S): S => state;

type Updated = Extract<TargetEvent, { action: 'target.updated' }>['detail'];

const entranceOf = (
  { connection, credential, prometheus_credential: prometheus }: Updated,
  before: TargetFacts,
): Pick<TargetFacts, 'connection' | 'credential' | 'prometheusCredential'> => ({
  connection,
  credential: changed(credential, before.credential),
  prometheusCredential: changed(prometheus, before.prometheusCredential),
});

/** Absent: as it was. */
const changed = <P>(pin: P | null | undefined, before: P | null): P | null => (pin === undefined ? before : pin);

function evolve(target: Target, event: TargetEvent): Target {
  if (event.action === 'target.created') {
    const { detail, occurred_at: at } = event;
    const identity = { id: event.resource_id, projectId: event.project_id, version: event.aggregate_version };
    const { name, environment_id: environmentId, runtime_type: runtimeType, connection } = detail;
    const { credential = null, prometheus_credential: prometheusCredential = null } = detail;
    const entrance = { connection, credential, prometheusCredential };
    return { phase: 'active', ...identity, name, environmentId, runtimeType, ...entrance, createdAt: at, updatedAt: at };
  }
  if (target.phase === 'absent') return target;
  const touched = { ...target, version: event.aggregate_version, updatedAt: event.occurred_at };
  switch (event.action) {
    case 'target.updated':
      return { ...touched, ...entranceOf(event.detail, target) };
    case 'target.credential_rotated':
      return {
        ...touched,
        credential: event.detail.credential ?? target.credential,
        prometheusCredential: changed(event.detail.prometheus_credential, target.prometheusCredential),
      };
    case 'target.deleted':
      return { ...touched, phase: 'deleted' };
    default:
      return ignore(event, target);
  }
}

/** One deployment endpoint in an environment. */
export const TargetAggregate: AggregateType<Target, TargetEvent> = { type: 'target', initial: { phase: 'absent' }, evolve };
