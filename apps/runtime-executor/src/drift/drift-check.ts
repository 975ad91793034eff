import { Inject, Injectable } from '@nestjs/common';
import { digestOf, type NewSlotEvent, type SlotEvent } from '@slipway/contracts';
import { CommandRunner, timerContext } from '@slipway/event-sourcing';
import { BlobStore } from '@slipway/blob-store';
import type { DriftFinding } from '@slipway/runtime-target';
import { SecretStore } from '@slipway/secrets';
import { Clock } from '@slipway/service-kit';
import { targetBriefType } from '../execution/briefs/place.brief';
import { loadRelease, ReleaseChange } from '../execution/run/release-change';
import { runtimeFor, RUNTIMES, type Runtimes } from '../runtime/runtimes';
import { TargetAccesses } from '../runtime/target-accesses';
import { recordDrift } from '../slot/domain/slot.decider';
import { slotType, type Deployment, type Slot } from '../slot/domain/slot.state';
import { SlotActivity, type SlotPlace } from './slot-activity';

const MAX_CHANGES = 500;

/** Compares a slot with the release that should run in it, and records what differs. */
@Injectable()
export class DriftCheck {
  /** What should run, by release and connection; immutable. */
  private readonly changes = new Map<string, ReleaseChange>();

  constructor(
    private readonly runner: CommandRunner,
    private readonly blobs: BlobStore,
    private readonly secrets: SecretStore,
    private readonly activity: SlotActivity,
    private readonly clock: Clock,
    private readonly accesses: TargetAccesses,
    @Inject(RUNTIMES) private readonly runtimes: Runtimes,
  ) {}

  /** Looks at the target. False: an execution is changing the slot, so there is nothing to tell. @throws SlipwayError when it could not look */
  async look(place: SlotPlace): Promise<boolean> {
    const slot = await this.slot(place);
    if (slot.phase === 'empty' || (await this.activity.isChanging(place))) return false;
    const findings = await this.findings(place, slot.current);
    return this.record(place, slot.current.executionId, findings, 'seen whole at a check');
  }

  /** Records what the target told by itself. */
  async note(place: SlotPlace, findings: readonly DriftFinding[]): Promise<boolean> {
    const slot = await this.slot(place);
    if (slot.phase === 'empty') return false;
    return this.record(place, slot.current.executionId, findings, 'the runtime brought it back');
  }

  private async record(place: SlotPlace, executionId: string, findings: readonly DriftFinding[], how: string): Promise<boolean> {
    // Looked at once more: the change may have begun after the first look, and what was seen is then its work.
    if (await this.activity.isChanging(place)) return false;
    const key = [place.slotId, executionId, digestOf(findings), this.clock.now()];
    const context = timerContext('runtime-executor', 'drift', key, this.clock);
    const ref = { projectId: place.projectId, type: 'slot', id: place.slotId } as const;
    await this.runner.run<Slot, SlotEvent, NewSlotEvent>(slotType, ref, context, (slot) =>
      recordDrift(slot, { executionId, findings }, how),
    );
    return true;
  }

  private async findings({ projectId }: SlotPlace, deployment: Deployment): Promise<readonly DriftFinding[]> {
    const { state: target } = await this.runner.load(targetBriefType, { projectId, type: 'target', id: deployment.targetId });
    if (target.phase === 'unknown') return [];
    const access = this.accesses.of({ projectId, targetId: deployment.targetId }, target);
    const key = `${deployment.releaseId} ${access.key}`;
    const known = this.changes.get(key);
    const ports = { runner: this.runner, blobs: this.blobs, secrets: this.secrets };
    const change = known ?? (await ReleaseChange.load(ports, await loadRelease(this.runner, projectId, deployment.releaseId), access));
    this.changes.set(key, change);
    if (this.changes.size > MAX_CHANGES) this.changes.delete(this.changes.keys().next().value!);
    return runtimeFor(this.runtimes, target.runtimeType).drift(change.input);
  }

  private async slot({ projectId, slotId }: SlotPlace): Promise<Slot> {
    return (await this.runner.load(slotType, { projectId, type: 'slot', id: slotId })).state;
  }
}
