import { Inject, Injectable } from '@nestjs/common';
import { BlobStore } from '@slipway/blob-store';
import { requirePermissionsAt, runtimePermission, unknownResource } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { RuntimeTarget, TargetAccess } from '@slipway/runtime-target';
import { Redactor, SecretStore } from '@slipway/secrets';
import type { CallerContext } from '@slipway/service-kit';
import { targetBriefType } from '../execution/briefs/place.brief';
import { loadRelease, ReleaseChange } from '../execution/run/release-change';
import { requireReader } from '../runtime-executor.access';
import { runtimeFor, RUNTIMES, type Runtimes } from '../runtime/runtimes';
import { TargetAccesses } from '../runtime/target-accesses';
import type { SlotRow } from './projections/slot-list/slot-list.row';

/** A slot's target, ready to be asked. */
export interface OpenSlot {
  readonly runtime: RuntimeTarget;
  readonly access: TargetAccess;
}

/** Opens slots for people who look: who may read there, with the secrets of what runs taken out of what they see. */
@Injectable()
export class SlotScenes {
  constructor(
    private readonly runner: CommandRunner,
    private readonly blobs: BlobStore,
    private readonly secrets: SecretStore,
    private readonly accesses: TargetAccesses,
    @Inject(RUNTIMES) private readonly runtimes: Runtimes,
  ) {}

  /** @throws SlipwayError `forbidden`, `unknown_resource`, `dependency_failed` for a runtime that this executor does not have */
  async open(row: SlotRow, caller: CallerContext): Promise<OpenSlot> {
    requireReader(caller.principal);
    const { state: target } = await this.runner.load(targetBriefType, { projectId: row.projectId, type: 'target', id: row.targetId });
    if (target.phase === 'unknown') throw unknownResource('target', row.targetId);
    requirePermissionsAt(caller.principal, row, runtimePermission(target.runtimeType, 'read'));
    return { runtime: runtimeFor(this.runtimes, target.runtimeType), access: this.accesses.of(row, target) };
  }

  /** Knows the secrets of the release that runs in the slot. @throws SlipwayError when they cannot be read: then nothing is shown */
  async redactorOf(row: SlotRow, { access }: OpenSlot): Promise<Redactor> {
    const redactor = new Redactor();
    if (row.releaseId === null) return redactor;
    const ports = { runner: this.runner, blobs: this.blobs, secrets: this.secrets };
    const change = await ReleaseChange.load(ports, await loadRelease(this.runner, row.projectId, row.releaseId), access);
    await change.revealSecrets(redactor);
    return redactor;
  }
}
