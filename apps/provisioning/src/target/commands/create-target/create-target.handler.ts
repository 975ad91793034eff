import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requirePermissionsAt, runtimePermission, targetId, type TargetView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { activeEnvironment } from '../../../environment/domain/environment.decider';
import { EnvironmentAggregate } from '../../../environment/domain/environment.state';
import { EnvironmentReferences } from '../../../environment/environment.references';
import { requireProvisioner, type Changed } from '../../../provisioning.access';
import { activeTarget, createTarget } from '../../domain/target.decider';
import { TargetAggregate } from '../../domain/target.state';
import { targetView } from '../../domain/target.view';
import { TargetAdmission } from '../../target.admission';
import { CreateTarget } from './create-target.command';

/** The environment must exist. If it is deleted at the same moment, `delete-target-on-environment-deleted` takes the target back. */
@CommandHandler(CreateTarget)
export class CreateTargetHandler implements ICommandHandler<CreateTarget> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly environments: EnvironmentReferences,
    private readonly admission: TargetAdmission,
  ) {}

  async execute({ request, caller }: CreateTarget): Promise<Changed<TargetView>> {
    requireProvisioner(caller.principal);
    const { project, environment, name } = request;
    const environmentRef = await this.environments.resolve({ id: environment, project }, caller);
    activeEnvironment((await this.runner.load(EnvironmentAggregate, environmentRef)).state, environment);
    const identity = { targetId: targetId(environmentRef.id, name), environmentId: environmentRef.id };
    const ref = { projectId: environmentRef.projectId, type: 'target', id: identity.targetId } as const;
    const place = { projectId: ref.projectId, environmentId: environmentRef.id };
    requirePermissionsAt(caller.principal, place, runtimePermission(request.runtime_type, 'apply'));
    const wanted = { ref, environmentId: environmentRef.id, runtimeType: request.runtime_type, wish: request };
    const { report, ...entrance } = await this.admission.admit(wanted, caller);
    const result = await this.runner.run(TargetAggregate, ref, caller.commandContext(), (state) =>
      createTarget(request, entrance, identity, state),
    );
    const view = targetView(activeTarget(result.aggregate.state, name));
    return { view: { ...view, ...(report && { report }) }, position: result.position };
  }
}
