import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { IssuedSubscription } from '@slipway/contracts';
import { SealedEndpoints } from '../../delivery/sealed-endpoints';
import { rotateSecret } from '../../domain/subscription.decider';
import { shownSecret } from '../../endpoint-changes';
import { Subscriptions, type Changed } from '../../subscriptions';
import { RotateWebhookSecret } from './rotate-webhook-secret.command';

const DAY_S = 86_400;

/** Deliveries are signed with both secrets for a while, so that the receiver can take the new one over in its own time. */
@CommandHandler(RotateWebhookSecret)
export class RotateWebhookSecretHandler implements ICommandHandler<RotateWebhookSecret> {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly sealed: SealedEndpoints,
  ) {}

  async execute({ request: { id, overlap_s = DAY_S }, caller }: RotateWebhookSecret): Promise<Changed<IssuedSubscription>> {
    const { known: before } = await this.subscriptions.managed(id, caller);
    const origin = before.channel.kind === 'webhook' ? before.channel.origin : '';
    const made = await this.sealed.secret(id, before.projectId, origin);
    const { view, known, position } = await this.subscriptions.change(id, caller, (state, now) =>
      rotateSecret(id, made.pin, new Date(Date.parse(now) + overlap_s * 1000).toISOString(), state),
    );
    return { view: { ...view, secret: shownSecret(known, made) }, position };
  }
}
