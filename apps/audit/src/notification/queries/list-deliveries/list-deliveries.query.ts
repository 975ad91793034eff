import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import type { DeliveryView, ListDeliveries as Request, Page } from '@slipway/contracts';
import { keysetPage, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { DeliveryRow } from '../../delivery/delivery.row';
import { deliveryView } from '../../delivery/delivery.view';
import { Subscriptions } from '../../subscriptions';

export class ListDeliveries extends Query<Page<DeliveryView>> {
  constructor(
    readonly request: Request,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** What was sent to one subscription, or will be: the latest events first. */
@QueryHandler(ListDeliveries)
export class ListDeliveriesHandler implements IQueryHandler<ListDeliveries> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly subscriptions: Subscriptions,
    @InjectRepository(DeliveryRow) private readonly rows: Repository<DeliveryRow>,
  ) {}

  async execute({ request, caller }: ListDeliveries): Promise<Page<DeliveryView>> {
    const { subscription, status, topic, limit, cursor } = request;
    await Promise.all(['queue-deliveries', 'follow-subscriptions'].map((name) => this.readModels.waitFor(name, caller.minPosition)));
    await this.subscriptions.managed(subscription, caller);
    const query = this.rows.createQueryBuilder('one').where('one.subscriptionId = :subscription', { subscription });
    if (status !== undefined) query.andWhere('one.status = :status', { status });
    if (topic !== undefined) query.andWhere('one.topic = :topic', { topic });
    return keysetPage(query, { key: ['eventPosition', 'deliveryId'], direction: 'DESC', limit, cursor }, (row) =>
      deliveryView(row, caller.principal),
    );
  }
}
