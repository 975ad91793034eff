import { Injectable } from '@nestjs/common';
import { NONE, SlipwayError, type Channel, type SecretPin } from '@slipway/contracts';
import { SecretStore } from '@slipway/secrets';
import type { KnownSubscription } from '../domain/subscription.state';
import { newWebhookSecret } from './signature';
import { webhookUrl } from './webhook-egress';

type Webhook = Channel & { readonly kind: 'webhook' };
interface SealedSecret {
  readonly origin: string;
  readonly secret: string;
}

/** URLs, signing secrets and mail addresses: in the log they are pins, here they are ciphertexts bound to their place and endpoint. */
@Injectable()
export class SealedEndpoints {
  constructor(private readonly store: SecretStore) {}

  /** Seals a URL and a new secret for it. */
  async webhook(
    subscriptionId: string,
    projectId: string,
    format: Webhook['format'],
    text: string,
  ): Promise<{ channel: Webhook; secret: string }> {
    const { href, origin } = webhookUrl(text);
    const url = await this.store.sealValue({ projectId, environmentId: subscriptionId }, href);
    const { pin, secret } = await this.secret(subscriptionId, projectId, origin);
    return { channel: { kind: 'webhook', format, origin, url, secret: pin }, secret };
  }

  async secret(subscriptionId: string, projectId: string, origin: string): Promise<{ pin: SecretPin; secret: string }> {
    const secret = newWebhookSecret();
    const sealed: SealedSecret = { origin, secret };
    return { pin: await this.store.sealValue({ projectId, environmentId: subscriptionId }, JSON.stringify(sealed)), secret };
  }

  /** For one delivery: never logged, never answered. */
  async open(
    { id, projectId, channel, previousSecret }: KnownSubscription & { channel: Webhook },
    now: string,
  ): Promise<{ url: string; secrets: string[] }> {
    const scope = { projectId, environmentId: id };
    const former = previousSecret && Date.parse(previousSecret.until) > Date.parse(now) ? [previousSecret.pin] : [];
    const secrets = await Promise.all(
      [channel.secret, ...former].map(async (pin) => {
        const { origin, secret } = JSON.parse(await this.store.reveal(scope, pin)) as SealedSecret;
        if (origin !== channel.origin) throw new SlipwayError('credential_refused', 'The secret belongs to another endpoint; rotate it.');
        return secret;
      }),
    );
    return { url: await this.store.reveal(scope, channel.url), secrets };
  }

  /** An address of a person, or the code that is mailed there. */
  sealForContact(contactId: string, value: string): Promise<SecretPin> {
    return this.store.sealValue({ projectId: NONE, environmentId: contactId }, value);
  }

  openForContact(contactId: string, pin: SecretPin): Promise<string> {
    return this.store.reveal({ projectId: NONE, environmentId: contactId }, pin);
  }
}
