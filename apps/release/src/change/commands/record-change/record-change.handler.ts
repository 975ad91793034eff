import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { deriveId, resolveRef, serviceId, type ChangeView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { BasisReader } from '../../../release/basis/basis.reader';
import { present, requireDeveloper, type Changed } from '../../../release.access';
import { activeService } from '../../../service/domain/service.decider';
import { serviceType } from '../../../service/domain/service.state';
import { recordChange } from '../../domain/change.decider';
import { changeType } from '../../domain/change.state';
import { RecordChangeCommand } from './record-change.command';

/** The components a change names must exist. Its id derives from the command: the same revision may be several changes. */
@CommandHandler(RecordChangeCommand)
export class RecordChangeHandler implements ICommandHandler<RecordChangeCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly basis: BasisReader,
    private readonly directory: ResourceDirectory,
  ) {}

  async execute({ request, caller }: RecordChangeCommand): Promise<Changed<ChangeView>> {
    requireDeveloper(caller.principal);
    const { project, services } = request;
    const team = await this.basis.teamOf(project, caller.principal);
    const serviceIds = await Promise.all([...new Set(services)].map((service) => this.existing(project, service)));
    const context = caller.commandContext();
    const ref = { projectId: project, type: 'change', id: deriveId('change', project, context.commandId) } as const;
    const result = await this.runner.run(changeType, ref, context, (change) =>
      recordChange(request, [...new Set(serviceIds)], team, change),
    );
    this.directory.remember(ref);
    return { view: present(result.aggregate.state, 'change', ref.id), position: result.position };
  }

  private async existing(projectId: string, service: string): Promise<string> {
    const id = resolveRef(service, (name) => serviceId(projectId, name));
    activeService((await this.basis.load(serviceType, { projectId, type: 'service', id })).state, service);
    return id;
  }
}
