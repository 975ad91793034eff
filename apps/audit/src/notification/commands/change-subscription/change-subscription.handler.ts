import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { IssuedSubscription } from '@slipway/contracts';
import { changeSubscription } from '../../domain/subscription.decider';
import { EndpointChanges, shownSecret } from '../../endpoint-changes';
import { selectionOf } from '../../selections';
import { Subscriptions, type Changed } from '../../subscriptions';
import { ChangeSubscription } from './change-subscription.command';

/** Another URL is another endpoint: the secret of the one before is no secret of it. */
@CommandHandler(ChangeSubscription)
export class ChangeSubscriptionHandler implements ICommandHandler<ChangeSubscription> {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly endpoints: EndpointChanges,
  ) {}

  async execute({ request, caller }: ChangeSubscription): Promise<Changed<IssuedSubscription>> {
    const { id, url, name, topics, projects, environments } = request;
    const { known: before } = await this.subscriptions.managed(id, caller);
    const selection = selectionOf({ name, topics, projects, environments }, before.selection, before.owner, caller.principal);
    const format = before.channel.kind === 'webhook' ? before.channel.format : 'json';
    const endpoint = url === undefined ? undefined : await this.endpoints.webhook(id, before.projectId, format, url);
    const { view, known, position } = await this.subscriptions.change(id, caller, (state) =>
      changeSubscription(id, { selection, channel: endpoint?.channel }, state),
    );
    return { view: { ...view, secret: shownSecret(known, endpoint?.made) }, position };
  }
}
