import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { serviceId, type ServiceView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { ReadModels } from '@slipway/projections-typeorm';
import { DataSource } from 'typeorm';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { BasisReader } from '../../../release/basis/basis.reader';
import { present, requireDeveloper, type Changed } from '../../../release.access';
import { deleteService } from '../../domain/service.decider';
import { serviceType } from '../../domain/service.state';
import { DeleteServiceCommand } from './delete-service.command';

const IN_USE = `
  SELECT release_id FROM release
  WHERE service_id = $1 AND status IN ('pending_approval', 'approved', 'applying', 'verifying', 'applied', 'succeeded', 'rolling_back')
  LIMIT 1`;

/** A service that runs somewhere, or is on its way, stays: nothing else would tell what its processes are. */
@CommandHandler(DeleteServiceCommand)
export class DeleteServiceHandler implements ICommandHandler<DeleteServiceCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly basis: BasisReader,
    private readonly directory: ResourceDirectory,
    private readonly source: DataSource,
    private readonly readModels: ReadModels,
  ) {}

  async execute({ request, caller }: DeleteServiceCommand): Promise<Changed<ServiceView>> {
    requireDeveloper(caller.principal);
    const ref = await this.directory.locate('service', request, caller, serviceId);
    const teamId = await this.basis.teamOf(ref.projectId, caller.principal);
    await this.readModels.waitFor('release-list', caller.minPosition);
    const [inUse] = await this.source.query<{ release_id: string }[]>(IN_USE, [ref.id]);
    const context = { ...caller.commandContext(), teamId };
    const result = await this.runner.run(serviceType, ref, context, (service) =>
      deleteService(request.reason ?? '', request.id, inUse?.release_id, service),
    );
    const { state } = result.aggregate;
    return { view: present(state.phase === 'none' ? null : state.view, 'service', request.id), position: result.position };
  }
}
