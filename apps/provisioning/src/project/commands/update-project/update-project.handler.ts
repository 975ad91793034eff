import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ProjectView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { requirePlatformScope, type Changed } from '../../../provisioning.access';
import { activeProject, updateProject } from '../../domain/project.decider';
import { ProjectAggregate } from '../../domain/project.state';
import { projectView } from '../../domain/project.view';
import { projectRef } from '../../project.ref';
import { UpdateProject } from './update-project.command';

@CommandHandler(UpdateProject)
export class UpdateProjectHandler implements ICommandHandler<UpdateProject> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ request, caller }: UpdateProject): Promise<Changed<ProjectView>> {
    requirePlatformScope(caller.principal);
    const { id } = request;
    const result = await this.runner.run(ProjectAggregate, projectRef(id), caller.commandContext(), (state) =>
      updateProject(request, state, id),
    );
    return { view: projectView(activeProject(result.aggregate.state, id)), position: result.position };
  }
}
