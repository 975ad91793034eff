import { Inject, Injectable } from '@nestjs/common';
import { requirePermissionsAt, runtimePermission, unknownResource } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { RuntimeTarget, TargetAccess } from '@slipway/runtime-target';
import { SecretStore } from '@slipway/secrets';
import type { CallerContext } from '@slipway/service-kit';
import { targetBriefType } from '../execution/briefs/place.brief';
import { loadRelease, revealSecrets } from '../execution/run/release-change';
import { requireReader } from '../runtime-executor.access';
import { runtimeFor, RUNTIMES, type Runtimes } from '../runtime/runtimes';
import { TargetAccesses } from '../runtime/target-accesses';
import type { SlotRow } from './projections/slot-list/slot-list.row';
import { SlotRedaction } from './slot-redaction';

/** A slot's target, ready to be asked. */
export interface OpenSlot {
  readonly runtime: RuntimeTarget;
  readonly access: TargetAccess;
}

/** Opens slots for people who look: who may read there, with the secrets of whatever runs there taken out of what they see. */
@Injectable()
export class SlotScenes {
  constructor(
    private readonly runner: CommandRunner,
    private readonly secrets: SecretStore,
    private readonly accesses: TargetAccesses,
    @Inject(RUNTIMES) private readonly runtimes: Runtimes,
  ) {}

  /** @throws SlipwayError `forbidden`, `unknown_resource`, `runtime_off` for a runtime that the operator has not switched on */
  async open(row: SlotRow, caller: CallerContext): Promise<OpenSlot> {
    requireReader(caller.principal);
    const { state: target } = await this.runner.load(targetBriefType, { projectId: row.projectId, type: 'target', id: row.targetId });
    if (target.phase === 'unknown') throw unknownResource('target', row.targetId);
    requirePermissionsAt(caller.principal, row, runtimePermission(target.runtimeType, 'read'));
    return { runtime: runtimeFor(this.runtimes, target.runtimeType), access: this.accesses.of(row, target) };
  }

  /** For one look, or one follower: what is shown of the slot goes through it. */
  redactionOf({ projectId }: SlotRow): SlotRedaction {
    return new SlotRedaction(async (releaseId, redactor) => {
      await revealSecrets(this.secrets, await loadRelease(this.runner, projectId, releaseId), redactor);
    });
  }
}
