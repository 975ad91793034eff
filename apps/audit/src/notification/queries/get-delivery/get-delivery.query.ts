import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { unknownResource, type ById, type DeliveryAttempt, type DeliveryDetail } from '@slipway/contracts';
import { ReadModels, sqlOf, type Sql } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { DataSource, Repository } from 'typeorm';
import { DeliveryRow } from '../../delivery/delivery.row';
import { deliveryView, isReadable } from '../../delivery/delivery.view';
import { Subscriptions } from '../../subscriptions';

export class GetDelivery extends Query<DeliveryDetail> {
  constructor(
    readonly request: ById,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

interface AttemptRow extends Omit<DeliveryAttempt, 'at'> {
  readonly at: Date;
}
const SHOWN = 50;

/** One delivery with what was sent and how each attempt went. */
@QueryHandler(GetDelivery)
export class GetDeliveryHandler implements IQueryHandler<GetDelivery> {
  private readonly sql: Sql;
  constructor(
    source: DataSource,
    private readonly readModels: ReadModels,
    private readonly subscriptions: Subscriptions,
    @InjectRepository(DeliveryRow) private readonly rows: Repository<DeliveryRow>,
  ) {
    this.sql = sqlOf(source);
  }

  async execute({ request: { id }, caller }: GetDelivery): Promise<DeliveryDetail> {
    await Promise.all(['queue-deliveries', 'follow-subscriptions'].map((name) => this.readModels.waitFor(name, caller.minPosition)));
    const row = await this.rows.findOneBy({ deliveryId: id });
    if (!row) throw unknownResource('delivery', id);
    await this.subscriptions.managed(row.subscriptionId, caller);
    const { principal } = caller;
    return { ...deliveryView(row, principal), body: isReadable(row, principal) ? row.body : null, history: await this.history(id) };
  }

  private async history(id: string): Promise<DeliveryAttempt[]> {
    const rows = await this.sql.query<AttemptRow>(
      `SELECT at, outcome, response_status, duration_ms, response_excerpt, error
       FROM notification_attempt WHERE delivery_id = $1 ORDER BY attempt_id DESC LIMIT ${SHOWN}`,
      [id],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}
