import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SubscriptionView } from '@slipway/contracts';
import { pauseSubscription } from '../../domain/subscription.decider';
import { Subscriptions, type Changed } from '../../subscriptions';
import { PauseSubscription } from './pause-subscription.command';

/** What happens meanwhile is held. */
@CommandHandler(PauseSubscription)
export class PauseSubscriptionHandler implements ICommandHandler<PauseSubscription> {
  constructor(private readonly subscriptions: Subscriptions) {}

  async execute({ request: { id, reason }, caller }: PauseSubscription): Promise<Changed<SubscriptionView>> {
    const why = { reason: reason ?? `paused by ${caller.principal.actorId}`, automatic: false };
    return this.subscriptions.change(id, caller, (state) => pauseSubscription(id, why, state));
  }
}
