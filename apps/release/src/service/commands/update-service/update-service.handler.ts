import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { serviceId, type ServiceView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { BasisReader } from '../../../release/basis/basis.reader';
import { requireDeveloper, type Changed } from '../../../release.access';
import { activeService, updateService } from '../../domain/service.decider';
import { serviceType } from '../../domain/service.state';
import { UpdateServiceCommand } from './update-service.command';

@CommandHandler(UpdateServiceCommand)
export class UpdateServiceHandler implements ICommandHandler<UpdateServiceCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly basis: BasisReader,
    private readonly directory: ResourceDirectory,
  ) {}

  async execute({ request, caller }: UpdateServiceCommand): Promise<Changed<ServiceView>> {
    requireDeveloper(caller.principal);
    const ref = await this.directory.locate('service', request, caller, serviceId);
    const teamId = await this.basis.teamOf(ref.projectId, caller.principal);
    const context = { ...caller.commandContext(), teamId };
    const result = await this.runner.run(serviceType, ref, context, (service) => updateService(request.title, request.id, service));
    return { view: activeService(result.aggregate.state, request.id), position: result.position };
  }
}
