import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Queued } from '@slipway/contracts';
import { replay } from '../../domain/subscription.decider';
import { Subscriptions, type Changed } from '../../subscriptions';
import { ReplaySubscription } from './replay-subscription.command';

/** Sends again what happened in a range of time, as far as the delivery log still has it. */
@CommandHandler(ReplaySubscription)
export class ReplaySubscriptionHandler implements ICommandHandler<ReplaySubscription> {
  constructor(private readonly subscriptions: Subscriptions) {}

  async execute({ request, caller }: ReplaySubscription): Promise<Changed<Queued>> {
    const { id, since, until = null, succeeded_too = false } = request;
    const { position } = await this.subscriptions.change(id, caller, (state) =>
      replay(id, { delivery_id: null, since, until, succeeded_too }, state),
    );
    return { view: { subscription_id: id, delivery_id: null }, position };
  }
}
