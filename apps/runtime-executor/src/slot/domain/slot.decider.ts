import { SlipwayError, withoutPeriod, type NewSlotEvent } from '@slipway/contracts';
import type { Deployment, Finding, Hold, Slot } from './slot.state';

type New = readonly NewSlotEvent[];

export interface Put {
  readonly deployment: Deployment;
  readonly environmentId: string;
  /** The execution whose deployment was in the slot when this one began; null: it was empty. */
  readonly overExecutionId: string | null;
}

/**
 * The release runs. Once per execution, however often it is told.
 * @throws SlipwayError `slot_busy` when something else came into the slot meanwhile.
 */
export function deploy(slot: Slot, put: Put): New {
  if (executionIn(slot) === put.deployment.executionId) return [];
  requireUnmoved(slot, put);
  const previous = slot.phase === 'serving' ? slot.current.releaseId : null;
  const detail = { ...detailOf(put.deployment), previous_release_id: previous };
  return [{ action: 'slot.deployed', status: 'serving', environmentId: put.environmentId, detail }];
}

/** An earlier release runs again; errors as for `deploy`. A person's rollback brings its hold. */
export function restore(slot: Slot, put: Put & { fromReleaseId: string; hold: Hold | null }): New {
  if (executionIn(slot) === put.deployment.executionId) return [];
  requireUnmoved(slot, put);
  const detail = { ...detailOf(put.deployment), from_release_id: put.fromReleaseId, hold: put.hold };
  return [{ action: 'slot.restored', status: put.hold ? 'held' : 'serving', environmentId: put.environmentId, detail }];
}

/** @throws SlipwayError `slot_held` when somebody else, or another reason, holds it already. */
export function hold(slot: Slot, wanted: { reason: string; by: string; environmentId: string }): New {
  if (slot.hold?.reason === wanted.reason && slot.hold.by === wanted.by) return [];
  if (slot.hold) {
    throw new SlipwayError(
      'slot_held',
      `'${slot.hold.by}' holds this slot already since ${slot.hold.since}: ${withoutPeriod(slot.hold.reason)}. Resume it first.`,
      {
        hold: slot.hold,
      },
    );
  }
  const detail = { reason: wanted.reason, by: wanted.by };
  return [{ action: 'slot.held', status: 'held', environmentId: wanted.environmentId, detail }];
}

/** @throws SlipwayError `slot_not_held`. */
export function resume(slot: Slot, wanted: { reason: string | null; by: string; environmentId: string }): New {
  if (!slot.hold) throw new SlipwayError('slot_not_held', 'Nobody holds this slot; releases can be applied to it.');
  const detail = { reason: wanted.reason, by: wanted.by };
  return [{ action: 'slot.resumed', status: slot.phase, environmentId: wanted.environmentId, detail }];
}

export interface DriftReading {
  /** The execution whose deployment was compared with the target. A reading of an earlier one says nothing. */
  readonly executionId: string;
  readonly findings: readonly Finding[];
}
const MAX_FINDINGS = 100;

/** Records a difference once, again only when it changes, and that it is gone. */
export function recordDrift(slot: Slot, reading: DriftReading, how: string): New {
  if (slot.phase !== 'serving' || slot.current.executionId !== reading.executionId) return [];
  const { environmentId, current } = slot;
  const findings = reading.findings.slice(0, MAX_FINDINGS);
  if (findings.length === 0) {
    if (slot.drift.length === 0) return [];
    return [{ action: 'slot.healed', status: 'serving', environmentId, detail: { release_id: current.releaseId, how } }];
  }
  if (sameFindings(findings, slot.drift)) return [];
  return [
    {
      action: 'slot.drifted',
      status: 'drifted',
      environmentId,
      detail: { release_id: current.releaseId, findings: findings.map(bounded) },
    },
  ];
}

const executionIn = (slot: Slot): string | null => (slot.phase === 'serving' ? slot.current.executionId : null);

/** Kind and subject make a finding, and what was changed of it; the words carry numbers that differ with every reading. */
const sameFindings = (a: readonly Finding[], b: readonly Finding[]): boolean => {
  const keys = (findings: readonly Finding[]): string =>
    findings
      .map(({ kind, what, detail }) => `${kind} ${what.slice(0, 200)} ${kind === 'changed' ? detail.replaceAll(/\d+/g, '#') : ''}`)
      .sort()
      .join('\n');
  return keys(a) === keys(b);
};
const bounded = ({ kind, what, detail }: Finding): Finding => ({ kind, what: what.slice(0, 200), detail: detail.slice(0, 1000) });

function requireUnmoved(slot: Slot, put: Put): void {
  if (executionIn(slot) === put.overExecutionId) return;
  throw new SlipwayError('slot_busy', `Another execution, '${executionIn(slot)}', changed the slot meanwhile.`, {
    execution_id: executionIn(slot),
  });
}

const detailOf = (deployment: Deployment) => ({
  release_id: deployment.releaseId,
  execution_id: deployment.executionId,
  fence: deployment.fence,
  service_id: deployment.serviceId,
  service_name: deployment.serviceName,
  target_id: deployment.targetId,
  artifact_id: deployment.artifactId,
  artifact_version: deployment.artifactVersion,
  artifact_digest: deployment.artifactDigest,
  manifest_digest: deployment.manifestDigest,
  url: deployment.url,
});
