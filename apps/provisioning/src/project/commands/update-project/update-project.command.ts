import { Command } from '@nestjs/cqrs';
import type { ById, ProjectView, UpdateProject as UpdateProjectRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../provisioning.access';

export class UpdateProject extends Command<Changed<ProjectView>> {
  constructor(
    readonly request: ById & UpdateProjectRequest,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
