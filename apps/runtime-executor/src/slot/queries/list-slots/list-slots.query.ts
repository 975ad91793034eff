import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { requireProject, type ListSlots as ListSlotsRequest, type Page, type SlotView } from '@slipway/contracts';
import { keysetPage, latestOf, ReadModels } from '@slipway/projections-typeorm';
import { answer, type Answer, type CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { DriftMonitor } from '../../../drift/drift-monitor';
import { requireReader } from '../../../runtime-executor.access';
import { SlotRow, slotOfRow } from '../../projections/slot-list/slot-list.row';

export class ListSlots extends Query<Answer<Page<SlotView>>> {
  constructor(
    readonly request: ListSlotsRequest,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Which version is where, by project and service; only what is in the caller's scope. Tells as of which position. */
@QueryHandler(ListSlots)
export class ListSlotsHandler implements IQueryHandler<ListSlots> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly drift: DriftMonitor,
    @InjectRepository(SlotRow) private readonly rows: Repository<SlotRow>,
  ) {}

  async execute({ request, caller }: ListSlots): Promise<Answer<Page<SlotView>>> {
    const { principal, minPosition } = caller;
    requireReader(principal);
    const { project, environment, service, limit, cursor } = request;
    if (project !== undefined) requireProject(principal, project);
    const query = this.rows.createQueryBuilder('slot');
    if (project !== undefined) query.andWhere('slot.projectId = :project', { project });
    if (environment !== undefined) query.andWhere('slot.environmentId = :environment', { environment });
    if (service !== undefined) query.andWhere('slot.serviceId = :service', { service });
    if (!principal.projects.includes('*')) query.andWhere('slot.projectId = ANY(:projects)', { projects: principal.projects });
    if (!principal.environments.includes('*')) {
      query.andWhere('slot.environmentId = ANY(:environments)', { environments: principal.environments });
    }
    await this.readModels.waitFor('slot-list', minPosition);
    const options = { key: ['projectId', 'serviceName', 'slotId'], direction: 'ASC', limit, cursor } as const;
    const { items, next_cursor } = await keysetPage(query, options, (row) => row);
    const slots = items.map((row) => slotOfRow(row, this.drift.lastCheck(row.slotId)));
    return answer({ items: slots, next_cursor }, latestOf(items.map(({ asOf }) => asOf)));
  }
}
