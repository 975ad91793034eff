import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isDerivedId, serviceId, SlipwayError, type ServiceView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { BasisReader } from '../../../release/basis/basis.reader';
import { requireDeveloper, type Changed } from '../../../release.access';
import { activeService, createService } from '../../domain/service.decider';
import { serviceType } from '../../domain/service.state';
import { CreateServiceCommand } from './create-service.command';

@CommandHandler(CreateServiceCommand)
export class CreateServiceHandler implements ICommandHandler<CreateServiceCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly basis: BasisReader,
    private readonly directory: ResourceDirectory,
  ) {}

  async execute({ request, caller }: CreateServiceCommand): Promise<Changed<ServiceView>> {
    requireDeveloper(caller.principal);
    const { project, name } = request;
    if (isDerivedId(name)) throw new SlipwayError('invalid_request', `'${name}' reads as an id; choose another name.`, { field: 'name' });
    const team = await this.basis.teamOf(project, caller.principal);
    const ref = { projectId: project, type: 'service', id: serviceId(project, name) } as const;
    const result = await this.runner.run(serviceType, ref, caller.commandContext(), (service) => createService(request, team, service));
    this.directory.remember(ref);
    return { view: activeService(result.aggregate.state, name), position: result.position };
  }
}
