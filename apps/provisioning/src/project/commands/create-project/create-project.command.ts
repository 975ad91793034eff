import { Command } from '@nestjs/cqrs';
import type { CreateProject as CreateProjectRequest, ProjectView } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../provisioning.access';

export class CreateProject extends Command<Changed<ProjectView>> {
  constructor(
    readonly request: CreateProjectRequest,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
