import { withoutPeriod } from '@slipway/contracts';
import type { CommandRunner, EventStore } from '@slipway/event-sourcing';
import type { TargetAccess } from '@slipway/runtime-target';
import type { TargetAccesses } from '../../runtime/target-accesses';
import { environmentBriefType, targetBriefType, type TargetBrief } from '../briefs/place.brief';
import type { KnownRelease } from '../briefs/release.brief';
import type { ActiveExecution } from '../domain/execution.state';
import { readSlot, type SlotReading } from './slot-reading';

interface BasisPorts {
  readonly runner: CommandRunner;
  readonly store: EventStore;
}

/** Why an execution is not to begin; `code` is a code of contracts, or how the release ended. */
export interface Obstacle {
  readonly code: string;
  readonly why: string;
  readonly byReleaseId: string | null;
}

/** Where an execution acts, read from the log's heads. */
export interface Ground {
  readonly target: Exclude<TargetBrief, { phase: 'unknown' }>;
  readonly access: TargetAccess;
  readonly reading: SlotReading;
}

const obstacle = (code: string, why: string, byReleaseId: string | null = null): Obstacle => ({ code, why, byReleaseId });

/** The release's own word: is it still to run? */
export function releaseObstacle(execution: ActiveExecution, release: KnownRelease): Obstacle | undefined {
  if (execution.act === 'rollback') {
    if (release.rollback?.state === 'requested') return undefined;
    return obstacle('rollback_unavailable', 'The rollback is not requested any more.');
  }
  if (release.ended) {
    const by = release.ended.byReleaseId;
    return obstacle(
      release.ended.code,
      `The release was ${release.ended.code}${by ? ` by release '${by}'` : ''} before it could start.`,
      by,
    );
  }
  return release.phase === 'approved' ? undefined : obstacle('release_not_applicable', 'The release is not approved.');
}

/** Everything that must still be as it was when the draft was reviewed (ARCHITECTURE.md, section 6). */
export async function basisObstacle(
  ports: BasisPorts,
  execution: ActiveExecution,
  release: KnownRelease,
  ground: Ground,
): Promise<Obstacle | undefined> {
  if (ground.target.phase === 'deleted') return obstacle('resource_deleted', `Target '${ground.target.name}' was deleted.`);
  return execution.act === 'apply' ? applyObstacle(ports, release, ground) : rollbackObstacle(execution, ground);
}

async function applyObstacle(ports: BasisPorts, release: KnownRelease, { reading }: Ground): Promise<Obstacle | undefined> {
  const { subject, draft, projectId } = release;
  const { slot } = reading;
  if (slot.hold)
    return obstacle('slot_held', `'${slot.hold.by}' holds the slot since ${slot.hold.since}: ${withoutPeriod(slot.hold.reason)}.`);
  if (reading.deployedPosition !== draft.basis.slot_position) {
    const by = slot.phase === 'serving' ? slot.current.releaseId : null;
    return obstacle('preview_mismatch', `Release '${by}' came into the slot after this one was previewed.`, by);
  }
  const [environment, target] = await Promise.all([
    ports.runner.load(environmentBriefType, { projectId, type: 'environment', id: subject.environment_id }),
    ports.runner.load(targetBriefType, { projectId, type: 'target', id: subject.target_id }),
  ]);
  if (environment.state.phase === 'unknown' || environment.state.basisVersion !== draft.basis.environment_version) {
    return obstacle(
      'preview_mismatch',
      `Environment '${subject.environment_name}' or its policy changed after the preview; preview it again.`,
    );
  }
  if (target.state.phase === 'unknown' || target.state.basisVersion !== draft.basis.target_version) {
    return obstacle('preview_mismatch', `Target '${subject.target_name}' changed after the preview; preview it again.`);
  }
  return undefined;
}

/** A rollback takes back what runs, or repeats what should run; anything else in the slot is somebody else's. */
function rollbackObstacle(execution: ActiveExecution, { reading }: Ground): Obstacle | undefined {
  const current = reading.slot.phase === 'serving' ? reading.slot.current.releaseId : null;
  if (current === execution.releaseId || current === execution.toReleaseId) return undefined;
  return obstacle('slot_busy', `Release '${current}' runs in the slot by now; there is nothing of this release to take back.`, current);
}

/** @throws SlipwayError `dependency_unavailable`; undefined when the log has no such target. */
export async function readGround(
  ports: BasisPorts & { readonly accesses: TargetAccesses },
  release: KnownRelease,
): Promise<Ground | undefined> {
  const { projectId, subject } = release;
  const [target, reading] = await Promise.all([
    ports.runner.load(targetBriefType, { projectId, type: 'target', id: subject.target_id }),
    readSlot(ports, projectId, subject.slot_id),
  ]);
  if (target.state.phase === 'unknown') return undefined;
  return { target: target.state, access: ports.accesses.of({ projectId, targetId: subject.target_id }, target.state), reading };
}
