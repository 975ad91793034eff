import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  requireEnvironment,
  requirePermissionsAt,
  runtimePermission,
  unknownResource,
  type TargetUse,
  type TargetView,
} from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { requireProvisioner, type Changed } from '../../../provisioning.access';
import { activeTarget, deleteTarget } from '../../domain/target.decider';
import { TargetAggregate } from '../../domain/target.state';
import { targetView } from '../../domain/target.view';
import { TargetReferences } from '../../target.references';
import { TargetUses } from '../../target.use';
import { DeleteTarget } from './delete-target.command';

const UNASKED: TargetUse = { running: [], executed: [] };

/**
 * Refused while something runs there, unless forced: then what runs there goes on, and nobody looks after it. Forced, it needs no
 * executor that answers.
 */
@CommandHandler(DeleteTarget)
export class DeleteTargetHandler implements ICommandHandler<DeleteTarget> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly references: TargetReferences,
    private readonly uses: TargetUses,
  ) {}

  async execute({ request, caller }: DeleteTarget): Promise<Changed<TargetView>> {
    const { principal } = caller;
    requireProvisioner(principal);
    const ref = await this.references.resolve(request, caller);
    const { state: found } = await this.runner.load(TargetAggregate, ref);
    if (found.phase !== 'absent') requireEnvironment(principal, found.environmentId, 'target', request.id);
    const { environmentId, runtimeType } = activeTarget(found, request.id);
    requirePermissionsAt(principal, { projectId: ref.projectId, environmentId }, runtimePermission(runtimeType, 'apply'));
    const use = request.force ? UNASKED : await this.uses.of(ref, caller);
    const result = await this.runner.run(TargetAggregate, ref, caller.commandContext(), (state) =>
      deleteTarget(request.reason, use, state, request.id),
    );
    const { state } = result.aggregate;
    if (state.phase === 'absent') throw unknownResource('target', request.id);
    return { view: targetView(state), position: result.position };
  }
}
