import type { SlotEvent } from '@slipway/contracts';
import type { Aggregate, AggregateHead, AggregateType } from '@slipway/event-sourcing';
import type { SlotReading } from '../domain/release.commands';

export interface Deployment {
  readonly releaseId: string;
  readonly artifactVersion: string;
  readonly artifactDigest: string;
}

/** A time in which the slot ran one content, whatever releases brought it there; `until` null: it still does. */
export interface Run {
  readonly artifactDigest: string;
  readonly since: string;
  readonly until: string | null;
}

/**
 * A slot as a release needs it: what runs (the last deployment), what it would go back to (the one before), and the hold.
 * A rollback takes deployments off, so going back twice goes back two releases. Written by the executor.
 */
export interface SlotBasis {
  /** Oldest first, the latest `REMEMBERED`. */
  readonly deployments: readonly Deployment[];
  readonly hold: { readonly by: string; readonly since: string; readonly reason: string } | null;
  /** `aggregate_version` of the last deployment or restoration; 0: none. */
  readonly deployedVersion: number;
  /** Oldest first, the latest `REMEMBERED`. None of a content that was taken back since. */
  readonly runs: readonly Run[];
}

const REMEMBERED = 50;
const EMPTY: SlotBasis = { deployments: [], hold: null, deployedVersion: 0, runs: [] };

function evolve(slot: SlotBasis, event: SlotEvent): SlotBasis {
  switch (event.action) {
    case 'slot.deployed':
      return {
        ...slot,
        deployments: [...slot.deployments, deploymentOf(event)].slice(-REMEMBERED),
        deployedVersion: event.aggregate_version,
        runs: replaced(slot.runs, event.detail.artifact_digest, event.occurred_at),
      };
    case 'slot.restored':
      return {
        deployments: restored(slot.deployments, deploymentOf(event)),
        hold: event.detail.hold ?? slot.hold,
        deployedVersion: event.aggregate_version,
        runs: takenBack(slot.runs, event.detail.artifact_digest, event.occurred_at),
      };
    case 'slot.held':
      return { ...slot, hold: { ...event.detail, since: event.occurred_at } };
    case 'slot.resumed':
      return { ...slot, hold: null };
    default:
      return slot;
  }
}

const deploymentOf = ({ detail }: Extract<SlotEvent, { action: 'slot.deployed' | 'slot.restored' }>): Deployment => ({
  releaseId: detail.release_id,
  artifactVersion: detail.artifact_version,
  artifactDigest: detail.artifact_digest,
});

function restored(deployments: readonly Deployment[], deployment: Deployment): Deployment[] {
  const index = deployments.findLastIndex(({ releaseId }) => releaseId === deployment.releaseId);
  return index < 0 ? [...deployments, deployment].slice(-REMEMBERED) : deployments.slice(0, index + 1);
}

/** The same content under other settings goes on running. */
function replaced(runs: readonly Run[], artifactDigest: string, at: string): readonly Run[] {
  const running = runs.at(-1);
  if (running?.artifactDigest === artifactDigest) return runs;
  const before = running ? [...runs.slice(0, -1), { ...running, until: at }] : [];
  return [...before, { artifactDigest, since: at, until: null }].slice(-REMEMBERED);
}

/** However long it ran: what was taken back did not prove itself. */
function takenBack(runs: readonly Run[], restoredDigest: string, at: string): readonly Run[] {
  const bad = runs.at(-1)?.artifactDigest;
  if (bad === restoredDigest) return runs;
  return replaced(runs, restoredDigest, at).filter(({ artifactDigest }) => artifactDigest !== bad);
}

export const slotBasis: AggregateType<SlotBasis, SlotEvent> = { type: 'slot', initial: EMPTY, evolve };

/** Stream position of an aggregate's version, out of its head; `undefined` when that lies further back than a head remembers. */
export function positionOf(head: AggregateHead, version: number): number | undefined {
  if (version === head.version) return head.position;
  return head.earlier[head.earlier.length - (head.version - version)];
}

/** What deciders read of a slot. `position`: of the last deployment, 0 for none. */
export function slotReading({ state }: Aggregate<SlotBasis>, position: number): SlotReading {
  const current = state.deployments.at(-1);
  return { position, current: current ?? null, previous: state.deployments.at(-2) ?? null, hold: state.hold };
}
