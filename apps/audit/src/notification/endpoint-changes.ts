import { Injectable } from '@nestjs/common';
import { SlipwayError, type Channel, type SecretPin, type WebhookFormat } from '@slipway/contracts';
import { SealedEndpoints } from './delivery/sealed-endpoints';
import { WebhookEgress } from './delivery/webhook-egress';
import type { KnownSubscription } from './domain/subscription.state';

export interface MadeSecret {
  readonly pin: SecretPin;
  readonly secret: string;
}

/** URLs on their way in: tried against what the operator allows, then sealed. */
@Injectable()
export class EndpointChanges {
  constructor(
    private readonly egress: WebhookEgress,
    private readonly sealed: SealedEndpoints,
  ) {}

  /** @throws SlipwayError `invalid_request`, `address_refused`, `dependency_unavailable` for a name without address */
  async webhook(
    id: string,
    projectId: string,
    format: WebhookFormat,
    url: string | undefined,
  ): Promise<{ readonly channel: Channel; readonly made: MadeSecret }> {
    if (url === undefined) throw new SlipwayError('invalid_request', "A webhook needs a 'url' to post to.", { field: 'url' });
    await this.egress.admit(url);
    const { channel, secret } = await this.sealed.webhook(id, projectId, format, url);
    return { channel, made: { pin: channel.secret, secret } };
  }
}

/** The secret, in the one answer that made it. A repeated request finds another's, or its own of before. Slack checks no signature. */
export function shownSecret({ channel }: KnownSubscription, made: MadeSecret | undefined): string | null {
  if (!made || channel.kind !== 'webhook' || channel.format === 'slack') return null;
  return channel.secret.secret_ref === made.pin.secret_ref ? made.secret : null;
}
