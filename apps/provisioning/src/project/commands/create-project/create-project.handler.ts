import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ProjectView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { requirePlatformScope, type Changed } from '../../../provisioning.access';
import { activeProject, createProject } from '../../domain/project.decider';
import { ProjectAggregate } from '../../domain/project.state';
import { projectView } from '../../domain/project.view';
import { projectRef } from '../../project.ref';
import { CreateProject } from './create-project.command';

@CommandHandler(CreateProject)
export class CreateProjectHandler implements ICommandHandler<CreateProject> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ request, caller }: CreateProject): Promise<Changed<ProjectView>> {
    requirePlatformScope(caller.principal);
    const context = caller.commandContext();
    const result = await this.runner.run(ProjectAggregate, projectRef(request.name), context, (state) => createProject(request, state));
    return { view: projectView(activeProject(result.aggregate.state, request.name)), position: result.position };
  }
}
