import type { SlotEvent } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

export interface Hold {
  readonly reason: string;
  readonly by: string;
  readonly since: string;
}
export interface Finding {
  readonly kind: 'missing' | 'changed' | 'extra';
  readonly what: string;
  readonly detail: string;
}

/** A release in the slot, and the execution that brought it there. */
export interface Deployment {
  readonly releaseId: string;
  readonly executionId: string;
  readonly fence: number;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly targetId: string;
  readonly artifactId: string;
  readonly artifactVersion: string;
  readonly artifactDigest: string;
  readonly manifestDigest: string;
  readonly url: string | null;
}

/** What should run in the slot, by the log. `empty` may be held too: nothing is to be deployed there. */
export type Slot =
  | { readonly phase: 'empty'; readonly hold: Hold | null }
  | {
      readonly phase: 'serving';
      readonly hold: Hold | null;
      readonly current: Deployment;
      readonly environmentId: string;
      readonly deployedAt: string;
      /** `aggregate_version` of the last deployment or restoration. */
      readonly deployedVersion: number;
      /** Empty: as it should be. */
      readonly drift: readonly Finding[];
    };
export type ServingSlot = Extract<Slot, { phase: 'serving' }>;

type DeployedDetail = Extract<SlotEvent, { action: 'slot.deployed' | 'slot.restored' }>['detail'];

const deploymentOf = (detail: DeployedDetail): Deployment => ({
  releaseId: detail.release_id,
  executionId: detail.execution_id,
  fence: detail.fence,
  serviceId: detail.service_id,
  serviceName: detail.service_name,
  targetId: detail.target_id,
  artifactId: detail.artifact_id,
  artifactVersion: detail.artifact_version,
  artifactDigest: detail.artifact_digest,
  manifestDigest: detail.manifest_digest,
  url: detail.url,
});

const serving = (event: Extract<SlotEvent, { action: 'slot.deployed' | 'slot.restored' }>, hold: Hold | null): Slot => ({
  phase: 'serving',
  hold,
  current: deploymentOf(event.detail),
  environmentId: event.environment_id,
  deployedAt: event.occurred_at,
  deployedVersion: event.aggregate_version,
  drift: [],
});

function evolve(slot: Slot, event: SlotEvent): Slot {
  switch (event.action) {
    case 'slot.deployed':
      return serving(event, slot.hold);
    case 'slot.restored':
      return serving(event, event.detail.hold ?? slot.hold);
    case 'slot.held':
      return { ...slot, hold: { reason: event.detail.reason, by: event.detail.by, since: event.occurred_at } };
    case 'slot.resumed':
      return { ...slot, hold: null };
    case 'slot.drifted':
      return slot.phase === 'serving' ? { ...slot, drift: event.detail.findings } : slot;
    case 'slot.healed':
      return slot.phase === 'serving' ? { ...slot, drift: [] } : slot;
    default: {
      const unknown: never = event;
      return unknown ?? slot;
    }
  }
}

export const slotType: AggregateType<Slot, SlotEvent> = { type: 'slot', initial: { phase: 'empty', hold: null }, evolve };
