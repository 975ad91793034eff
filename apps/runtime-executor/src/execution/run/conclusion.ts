import { deriveId, SlipwayError, withoutPeriod, type Diagnostics, type NewSlotEvent, type SlotEvent } from '@slipway/contracts';
import { deploy, restore } from '../../slot/domain/slot.decider';
import { slotType, type Deployment, type Hold, type Slot } from '../../slot/domain/slot.state';
import type { ActiveExecution, StepFailure } from '../domain/execution.state';
import type { KnownRelease } from '../briefs/release.brief';
import { boundedReading } from './bounded-reading';
import type { VerifiedReading } from './closing-steps';
import type { Journal } from './journal';
import type { ReleaseChange } from './release-change';
import type { RunPorts } from './run.ports';
import { readSlot } from './slot-reading';
import type { StepLog } from './step-log';
import type { WayBackEnd } from './way-back';

export interface Conclusion {
  readonly execution: ActiveExecution;
  /** The release whose act this is. */
  readonly release: KnownRelease;
  /** What was brought into the slot. */
  readonly change: ReleaseChange;
  readonly verified: VerifiedReading;
}

/**
 * The slot's own fact, before the execution's: a crash in between runs this again, and the command id, which names the
 * execution alone, makes it the same fact.
 * @throws SlipwayError `slot_busy` when the slot moved since the execution began.
 */
export async function recordDeployment(ports: RunPorts, journal: Journal, conclusion: Conclusion): Promise<void> {
  const { release, execution } = conclusion;
  const executionId = journal.claim.ref.id;
  const context = { ...journal.context('slot'), commandId: deriveId('command', executionId, 'slot') };
  const over = await journal.persist(() => overExecution(ports, conclusion));
  const put = {
    deployment: deploymentOf(conclusion, executionId, journal.claim.fence),
    environmentId: execution.environmentId,
    overExecutionId: over,
  };
  const decide = (slot: Slot): readonly NewSlotEvent[] =>
    execution.act === 'apply'
      ? deploy(slot, put)
      : restore(slot, { ...put, fromReleaseId: execution.releaseId, hold: holdOf(release, context.now) });
  const ref = { projectId: release.projectId, type: 'slot', id: execution.slotId } as const;
  await journal.persist(() => ports.runner.run<Slot, SlotEvent, NewSlotEvent>(slotType, ref, context, decide));
}

/** The deployment that this one replaces: the one the draft was made over, or the one that a rollback takes back or repeats. */
async function overExecution(ports: RunPorts, { execution, release }: Conclusion): Promise<string | null> {
  const { slot, deployedPosition } = await readSlot(ports, release.projectId, execution.slotId);
  const current = slot.phase === 'serving' ? slot.current : null;
  const asReviewed = deployedPosition === release.draft.basis.slot_position;
  const own = current?.releaseId === execution.releaseId || current?.releaseId === execution.toReleaseId;
  if (execution.act === 'apply' ? asReviewed || own : own) return current?.executionId ?? null;
  throw new SlipwayError('slot_busy', `Release '${current?.releaseId}' came into the slot while this one was carried out.`, {
    release_id: current?.releaseId ?? null,
  });
}

function deploymentOf({ change, verified }: Conclusion, executionId: string, fence: number): Deployment {
  const { subject, draft } = change.release;
  return {
    releaseId: draft.release_id,
    executionId,
    fence,
    serviceId: subject.service_id,
    serviceName: subject.service_name,
    targetId: subject.target_id,
    artifactId: subject.artifact_id,
    artifactVersion: subject.artifact_version,
    artifactDigest: subject.artifact_digest,
    manifestDigest: draft.manifest_digest,
    url: verified.url,
  };
}

/** A person's rollback outranks automation until a person resumes the slot (ADR 0008). */
function holdOf({ rollback }: KnownRelease, since: string): Hold | null {
  if (!rollback || rollback.automatic) return null;
  return { reason: rollback.reason ?? 'Rolled back by hand.', by: rollback.requestedBy, since };
}

/** Summary for people, payload for programs (spec 001, section 4.3). */
export function diagnose(
  execution: ActiveExecution,
  failure: StepFailure,
  back: WayBackEnd,
  log: StepLog,
  seen: Record<string, unknown> | null,
): Diagnostics {
  const summary = `${failure.title}: ${withoutPeriod(failure.summary || failure.outcome)}. Afterwards: ${back.how}.`;
  return {
    summary: log.redactor.text(summary).slice(0, 1000),
    step: failure.step,
    outcome: failure.outcome,
    payload: {
      step: failure.step,
      ordinal: failure.ordinal,
      title: failure.title,
      outcome: failure.outcome,
      summary: failure.summary,
      observed: boundedReading(failure.observed),
      target: seen && log.redactor.json(boundedReading(seen)),
      log_tail: log.tail(),
      restored: back.restored,
      way_back: back.how,
      attempt: execution.attempt,
      executor_id: execution.executorId,
    },
  };
}
