import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { requireProject, type ById, type ProjectView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { CallerContext } from '@slipway/service-kit';
import { requireReader } from '../../../provisioning.access';
import { activeProject } from '../../domain/project.decider';
import { ProjectAggregate } from '../../domain/project.state';
import { projectView } from '../../domain/project.view';
import { projectRef } from '../../project.ref';

export class GetProject extends Query<ProjectView> {
  constructor(
    readonly request: ById,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Reads the log's head, not the read model: what other services decide on must not lag. */
@QueryHandler(GetProject)
export class GetProjectHandler implements IQueryHandler<GetProject> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ request: { id }, caller }: GetProject): Promise<ProjectView> {
    requireReader(caller.principal);
    requireProject(caller.principal, id);
    const { state } = await this.runner.load(ProjectAggregate, projectRef(id));
    return projectView(activeProject(state, id));
  }
}
