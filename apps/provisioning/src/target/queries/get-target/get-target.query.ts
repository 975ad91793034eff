import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { requireEnvironment, unknownResource, type ById, type TargetView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { CallerContext } from '@slipway/service-kit';
import { requireReader } from '../../../provisioning.access';
import { TargetAggregate } from '../../domain/target.state';
import { targetView } from '../../domain/target.view';
import { TargetReferences } from '../../target.references';

export class GetTarget extends Query<TargetView> {
  constructor(
    readonly request: ById,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Reads the log's head, not the read model: a release is planned for the connection that holds now. */
@QueryHandler(GetTarget)
export class GetTargetHandler implements IQueryHandler<GetTarget> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly references: TargetReferences,
  ) {}

  async execute({ request, caller }: GetTarget): Promise<TargetView> {
    requireReader(caller.principal);
    const ref = await this.references.resolve(request, caller);
    const { state } = await this.runner.load(TargetAggregate, ref);
    if (state.phase !== 'active') throw unknownResource('target', request.id);
    requireEnvironment(caller.principal, state.environmentId, 'target', request.id);
    return targetView(state);
  }
}
