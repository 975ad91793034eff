import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { unknownResource, type EnvironmentView } from '@slipway/contracts';
import { CommandRunner, type EventStore } from '@slipway/event-sourcing';
import { EVENT_STORE } from '@slipway/projections-typeorm';
import { requireProvisioner, type Changed } from '../../../provisioning.access';
import { TargetsOfEnvironment } from '../../../target/targets-of-environment';
import { deleteEnvironment } from '../../domain/environment.decider';
import { EnvironmentAggregate } from '../../domain/environment.state';
import { environmentView } from '../../domain/environment.view';
import { EnvironmentReferences } from '../../environment.references';
import { DeleteEnvironment } from './delete-environment.command';

/**
 * Refused while there are targets. A target that is being created at the same moment, and not seen here, is deleted by
 * the reaction `delete-target-on-environment-deleted`.
 */
@CommandHandler(DeleteEnvironment)
export class DeleteEnvironmentHandler implements ICommandHandler<DeleteEnvironment> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly references: EnvironmentReferences,
    private readonly targets: TargetsOfEnvironment,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ request, caller }: DeleteEnvironment): Promise<Changed<EnvironmentView>> {
    requireProvisioner(caller.principal);
    const ref = await this.references.resolve(request, caller);
    const targets = await this.targets.at(ref.id, await this.store.position());
    const names = targets.map((target) => target.name);
    const result = await this.runner.run(EnvironmentAggregate, ref, caller.commandContext(), (state) =>
      deleteEnvironment(request.reason, names, state, request.id),
    );
    const { state } = result.aggregate;
    if (state.phase === 'absent') throw unknownResource('environment', request.id);
    return { view: environmentView(state), position: result.position };
  }
}
