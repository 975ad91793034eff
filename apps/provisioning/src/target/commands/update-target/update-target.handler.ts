import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requireEnvironment, requirePermissionsAt, runtimePermission, type TargetView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { requireProvisioner, type Changed } from '../../../provisioning.access';
import { activeTarget, updateTarget } from '../../domain/target.decider';
import { TargetAggregate } from '../../domain/target.state';
import { targetView } from '../../domain/target.view';
import { TargetAdmission } from '../../target.admission';
import { TargetReferences } from '../../target.references';
import { UpdateTarget } from './update-target.command';

@CommandHandler(UpdateTarget)
export class UpdateTargetHandler implements ICommandHandler<UpdateTarget> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly references: TargetReferences,
    private readonly admission: TargetAdmission,
  ) {}

  async execute({ request, caller }: UpdateTarget): Promise<Changed<TargetView>> {
    const { principal } = caller;
    requireProvisioner(principal);
    const ref = await this.references.resolve(request, caller);
    const { state: found } = await this.runner.load(TargetAggregate, ref);
    if (found.phase !== 'absent') requireEnvironment(principal, found.environmentId, 'target', request.id);
    const current = activeTarget(found, request.id);
    const { environmentId, runtimeType } = current;
    requirePermissionsAt(principal, { projectId: ref.projectId, environmentId }, runtimePermission(runtimeType, 'apply'));
    const { id: _id, project: _project, ...wish } = request;
    const wanted = { ref, environmentId, runtimeType, wish, current };
    const { report, ...entrance } = await this.admission.admit(wanted, caller);
    const result = await this.runner.run(TargetAggregate, ref, caller.commandContext(), (state) =>
      updateTarget(entrance, state, request.id),
    );
    await this.admission.forgetEarlier(ref, current, entrance, caller);
    const view = targetView(activeTarget(result.aggregate.state, request.id));
    return { view: { ...view, ...(report && { report }) }, position: result.position };
  }
}
