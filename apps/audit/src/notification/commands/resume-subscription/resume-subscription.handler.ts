import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SubscriptionView } from '@slipway/contracts';
import { resumeSubscription } from '../../domain/subscription.decider';
import { Subscriptions, type Changed } from '../../subscriptions';
import { ResumeSubscription } from './resume-subscription.command';

/** What was held stays held until a replay asks for it: nobody wants a week's mail at once. */
@CommandHandler(ResumeSubscription)
export class ResumeSubscriptionHandler implements ICommandHandler<ResumeSubscription> {
  constructor(private readonly subscriptions: Subscriptions) {}

  async execute({ request: { id }, caller }: ResumeSubscription): Promise<Changed<SubscriptionView>> {
    return this.subscriptions.change(id, caller, (state) => resumeSubscription(id, caller.principal.actorId, state));
  }
}
