import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { environmentId, requireEnvironment, requireProject, type EnvironmentView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { activeProject } from '../../../project/domain/project.decider';
import { ProjectAggregate } from '../../../project/domain/project.state';
import { projectRef } from '../../../project/project.ref';
import { requireProvisioner, type Changed } from '../../../provisioning.access';
import { activeEnvironment, createEnvironment } from '../../domain/environment.decider';
import { EnvironmentAggregate } from '../../domain/environment.state';
import { environmentView } from '../../domain/environment.view';
import { CreateEnvironment } from './create-environment.command';

@CommandHandler(CreateEnvironment)
export class CreateEnvironmentHandler implements ICommandHandler<CreateEnvironment> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ request, caller }: CreateEnvironment): Promise<Changed<EnvironmentView>> {
    const { project: projectId, name } = request;
    const id = environmentId(projectId, name);
    requireProvisioner(caller.principal);
    requireProject(caller.principal, projectId);
    requireEnvironment(caller.principal, id, 'environment', name);
    const project = activeProject((await this.runner.load(ProjectAggregate, projectRef(projectId))).state, projectId);
    const context = { ...caller.commandContext(), teamId: project.teamId };
    const ref = { projectId, type: 'environment', id } as const;
    const result = await this.runner.run(EnvironmentAggregate, ref, context, (state) => createEnvironment(request, id, state));
    return { view: environmentView(activeEnvironment(result.aggregate.state, name)), position: result.position };
  }
}
