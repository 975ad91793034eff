import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { unknownResource, type Queued } from '@slipway/contracts';
import { Repository } from 'typeorm';
import { DeliveryRow } from '../../delivery/delivery.row';
import { replay } from '../../domain/subscription.decider';
import { Subscriptions, type Changed } from '../../subscriptions';
import { ReplayDelivery } from './replay-delivery.command';

/** Sends one delivery again, under the same id, whether it had arrived or not. */
@CommandHandler(ReplayDelivery)
export class ReplayDeliveryHandler implements ICommandHandler<ReplayDelivery> {
  constructor(
    private readonly subscriptions: Subscriptions,
    @InjectRepository(DeliveryRow) private readonly rows: Repository<DeliveryRow>,
  ) {}

  async execute({ request: { id: delivery_id }, caller }: ReplayDelivery): Promise<Changed<Queued>> {
    const row = await this.rows.findOneBy({ deliveryId: delivery_id });
    if (!row) throw unknownResource('delivery', delivery_id);
    const id = row.subscriptionId;
    const { position } = await this.subscriptions.change(id, caller, (state) =>
      replay(id, { delivery_id, since: null, until: null, succeeded_too: true }, state),
    );
    return { view: { subscription_id: id, delivery_id }, position };
  }
}
