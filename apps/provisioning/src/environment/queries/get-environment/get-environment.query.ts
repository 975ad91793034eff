import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { unknownResource, type ById, type EnvironmentView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { CallerContext } from '@slipway/service-kit';
import { requireReader } from '../../../provisioning.access';
import { EnvironmentAggregate } from '../../domain/environment.state';
import { environmentView } from '../../domain/environment.view';
import { EnvironmentReferences } from '../../environment.references';

export class GetEnvironment extends Query<EnvironmentView> {
  constructor(
    readonly request: ById,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Reads the log's head, not the read model: a release is judged by the policy that holds now. */
@QueryHandler(GetEnvironment)
export class GetEnvironmentHandler implements IQueryHandler<GetEnvironment> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly references: EnvironmentReferences,
  ) {}

  async execute({ request, caller }: GetEnvironment): Promise<EnvironmentView> {
    requireReader(caller.principal);
    const ref = await this.references.resolve(request, caller);
    const { state } = await this.runner.load(EnvironmentAggregate, ref);
    if (state.phase !== 'active') throw unknownResource('environment', request.id);
    return environmentView(state);
  }
}
