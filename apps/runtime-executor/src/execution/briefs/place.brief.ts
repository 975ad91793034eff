import {
  completePolicy,
  type CredentialPin,
  type EnvironmentEvent,
  type EnvironmentPolicy,
  type EnvironmentType,
  type RuntimeType,
  type TargetConnection,
  type TargetEvent,
} from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** What an executor needs to know of a target; `deleted` says why it is no more. */
export type TargetBrief =
  | { readonly phase: 'unknown' }
  | {
      readonly phase: 'known' | 'deleted';
      readonly name: string;
      readonly environmentId: string;
      readonly runtimeType: RuntimeType;
      readonly connection: TargetConnection;
      readonly credential: CredentialPin | null;
      readonly prometheusCredential: CredentialPin | null;
      /** aggregate_version of the last event that a preview depends on. */
      readonly basisVersion: number;
    };

type KnownTarget = Exclude<TargetBrief, { phase: 'unknown' }>;

function updated(brief: KnownTarget, event: Extract<TargetEvent, { action: 'target.updated' }>): TargetBrief {
  const { connection, credential, prometheus_credential: prometheus } = event.detail;
  return {
    ...brief,
    connection,
    credential: changed(credential, brief.credential),
    prometheusCredential: changed(prometheus, brief.prometheusCredential),
    basisVersion: event.aggregate_version,
  };
}

const rotated = (brief: KnownTarget, { detail }: Extract<TargetEvent, { action: 'target.credential_rotated' }>): TargetBrief => ({
  ...brief,
  credential: detail.credential ?? brief.credential,
  prometheusCredential: changed(detail.prometheus_credential, brief.prometheusCredential),
});

/** Absent: as it was. */
const changed = (pin: CredentialPin | null | undefined, before: CredentialPin | null): CredentialPin | null =>
  pin === undefined ? before : pin;

export const targetBriefType: AggregateType<TargetBrief, TargetEvent> = {
  type: 'target',
  initial: { phase: 'unknown' },
  evolve(brief, event) {
    switch (event.action) {
      case 'target.created': {
        const { name, environment_id: environmentId, runtime_type: runtimeType, connection } = event.detail;
        const { credential = null, prometheus_credential: prometheusCredential = null } = event.detail;
        const entrance = { connection, credential, prometheusCredential };
        return { phase: 'known', name, environmentId, runtimeType, ...entrance, basisVersion: event.aggregate_version };
      }
      case 'target.updated':
        return brief.phase === 'unknown' ? brief : updated(brief, event);
      case 'target.credential_rotated':
        return brief.phase === 'unknown' ? brief : rotated(brief, event);
      case 'target.deleted':
        return brief.phase === 'unknown' ? brief : { ...brief, phase: 'deleted', basisVersion: event.aggregate_version };
    }
  },
};

export type EnvironmentBrief =
  | { readonly phase: 'unknown' }
  | {
      readonly phase: 'known' | 'deleted';
      readonly name: string;
      readonly type: EnvironmentType;
      readonly policy: EnvironmentPolicy;
      /** aggregate_version of the last event that a preview depends on. */
      readonly basisVersion: number;
    };

export const environmentBriefType: AggregateType<EnvironmentBrief, EnvironmentEvent> = {
  type: 'environment',
  initial: { phase: 'unknown' },
  evolve(brief, event) {
    switch (event.action) {
      case 'environment.created':
        return {
          phase: 'known',
          name: event.detail.name,
          type: event.detail.type,
          policy: completePolicy(event.detail.type, event.detail.policy),
          basisVersion: event.aggregate_version,
        };
      case 'environment.updated':
        return brief;
      case 'environment.policy_changed':
        return brief.phase === 'unknown'
          ? brief
          : { ...brief, policy: completePolicy(brief.type, event.detail.policy), basisVersion: event.aggregate_version };
      case 'environment.deleted':
        return brief.phase === 'unknown' ? brief : { ...brief, phase: 'deleted', basisVersion: event.aggregate_version };
    }
  },
};
