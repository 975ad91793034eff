import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { deriveId, type Queued } from '@slipway/contracts';
import { pingSubscription } from '../../domain/subscription.decider';
import { Subscriptions, type Changed } from '../../subscriptions';
import { PingSubscription } from './ping-subscription.command';

/** Queues a test; `delivery_id` names it where a webhook gets it. */
@CommandHandler(PingSubscription)
export class PingSubscriptionHandler implements ICommandHandler<PingSubscription> {
  constructor(private readonly subscriptions: Subscriptions) {}

  async execute({ request: { id }, caller }: PingSubscription): Promise<Changed<Queued>> {
    const deliveryId = deriveId('delivery', caller.commandId);
    const { known, position } = await this.subscriptions.change(id, caller, (state, now) => pingSubscription(id, deliveryId, now, state));
    return { view: { subscription_id: id, delivery_id: known.channel.kind === 'webhook' ? deliveryId : null }, position };
  }
}
