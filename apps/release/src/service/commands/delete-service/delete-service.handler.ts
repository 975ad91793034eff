import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { serviceId, type ServiceView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { BasisReader } from '../../../release/basis/basis.reader';
import { present, requireDeveloper, type Changed } from '../../../release.access';
import { deleteService } from '../../domain/service.decider';
import { serviceType } from '../../domain/service.state';
import { ServiceUse } from '../../service.use';
import { DeleteServiceCommand } from './delete-service.command';

/** A service that runs somewhere, or is on its way, stays: nothing else would tell what its processes are. */
@CommandHandler(DeleteServiceCommand)
export class DeleteServiceHandler implements ICommandHandler<DeleteServiceCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly basis: BasisReader,
    private readonly directory: ResourceDirectory,
    private readonly use: ServiceUse,
  ) {}

  async execute({ request, caller }: DeleteServiceCommand): Promise<Changed<ServiceView>> {
    requireDeveloper(caller.principal);
    const ref = await this.directory.locate('service', request, caller, serviceId);
    const teamId = await this.basis.teamOf(ref.projectId, caller.principal);
    const inUse = await this.use.of(ref);
    const context = { ...caller.commandContext(), teamId };
    const result = await this.runner.run(serviceType, ref, context, (service) =>
      deleteService(request.reason ?? '', request.id, inUse, service),
    );
    const { state } = result.aggregate;
    return { view: present(state.phase === 'none' ? null : state.view, 'service', request.id), position: result.position };
  }
}
