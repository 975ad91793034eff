import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SubscriptionView } from '@slipway/contracts';
import { removeSubscription } from '../../domain/subscription.decider';
import { Subscriptions, type Changed } from '../../subscriptions';
import { RemoveSubscription } from './remove-subscription.command';

@CommandHandler(RemoveSubscription)
export class RemoveSubscriptionHandler implements ICommandHandler<RemoveSubscription> {
  constructor(private readonly subscriptions: Subscriptions) {}

  async execute({ request: { id, reason }, caller }: RemoveSubscription): Promise<Changed<SubscriptionView>> {
    return this.subscriptions.change(id, caller, (state) => removeSubscription(id, reason, state));
  }
}
