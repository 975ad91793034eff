import { Inject, Injectable } from '@nestjs/common';
import { SlipwayError } from '@slipway/contracts';
import { Redactor } from '@slipway/secrets';
import { Clock } from '@slipway/service-kit';
import { AuditConfig } from '../../audit.config';
import { contactRef, Contacts } from '../contacts';
import type { Mail } from '../domain/message';
import type { KnownSubscription } from '../domain/subscription.state';
import { MAIL } from '../notification.tokens';
import { isRefused, type MailSender } from './mail-sender';
import type { AttemptResult, ClaimedDelivery } from './outbox';
import { postWebhook } from './post-webhook';
import { SealedEndpoints } from './sealed-endpoints';
import { signedHeaders } from './signature';
import { WebhookEgress } from './webhook-egress';

/** One attempt, and what follows from it for the next. */
export interface Attempt extends AttemptResult {
  readonly retryAfterMs: number;
  /** There is no use in trying again. */
  readonly isFinal: boolean;
  /** The receiver says that it is there no more (410). */
  readonly isGone: boolean;
}
type Answer = Pick<Attempt, 'responseStatus' | 'excerpt'> & Partial<Pick<Attempt, 'retryAfterMs' | 'error' | 'isFinal' | 'isGone'>>;

const MAX_TEXT = 1000;

/** Makes one attempt at a delivery; never throws: how it went is the answer. */
@Injectable()
export class Sending {
  constructor(
    private readonly config: AuditConfig,
    private readonly egress: WebhookEgress,
    private readonly sealed: SealedEndpoints,
    private readonly contacts: Contacts,
    private readonly clock: Clock,
    @Inject(MAIL) private readonly mail: MailSender | null,
  ) {}

  /** @param subscription none for a mail to an address of its own */
  async attempt(delivery: ClaimedDelivery, subscription?: KnownSubscription): Promise<Attempt> {
    const at = this.clock.now();
    const began = performance.now();
    const answer = await this.send(delivery, subscription, at).catch((error: unknown): Answer => failureOf(error));
    const durationMs = Math.round(performance.now() - began);
    const { retryAfterMs = 0, error = null, isFinal = false, isGone = false, responseStatus, excerpt } = answer;
    const outcome = error === null ? 'succeeded' : 'failed';
    return { at, durationMs, outcome, responseStatus, excerpt, error: error?.slice(0, MAX_TEXT) ?? null, retryAfterMs, isFinal, isGone };
  }

  private async send(delivery: ClaimedDelivery, subscription: KnownSubscription | undefined, now: string): Promise<Answer> {
    if (delivery.recipient !== null) return this.write(delivery, delivery.recipient);
    if (!subscription) throw new SlipwayError('invalid_reference', 'A webhook is posted for a subscription alone.');
    return this.post(delivery, subscription, now);
  }

  private async post({ deliveryId, body }: ClaimedDelivery, subscription: KnownSubscription, now: string): Promise<Answer> {
    const { channel } = subscription;
    if (channel.kind !== 'webhook') throw new SlipwayError('invalid_reference', 'The subscription is no webhook any more.');
    const { url, secrets } = await this.sealed.open({ ...subscription, channel }, now);
    const target = await this.egress.admit(url);
    const headers = signedHeaders(deliveryId, Math.floor(Date.parse(now) / 1000), body, secrets);
    const { status, excerpt, retryAfterMs } = await postWebhook(target, {
      headers,
      body,
      timeoutMs: this.config.SLIPWAY_WEBHOOK_TIMEOUT_MS,
    });
    const safe = new Redactor([url, ...secrets]).text(excerpt);
    if (status >= 200 && status < 300) return { responseStatus: status, excerpt: safe };
    const error = status >= 300 && status < 400 ? `answered ${status}; redirects are not followed` : `answered ${status}`;
    return { responseStatus: status, excerpt: safe, error, retryAfterMs, isGone: status === 410, isFinal: status === 410 };
  }

  private async write({ deliveryId, body, address: given }: ClaimedDelivery, recipient: string): Promise<Answer> {
    if (!this.mail) throw new SlipwayError('mail_not_configured', 'The operator has configured no mail server (SLIPWAY_SMTP_URL).');
    const address = given ? await this.sealed.openForContact(contactRef(recipient).id, given) : await this.contacts.addressOf(recipient);
    if (address === null) return { responseStatus: null, excerpt: null, error: `${recipient} reads no mail any more`, isFinal: true };
    // The body is written by this service alone.
    const { answer } = await this.mail.send(deliveryId, address, JSON.parse(body) as Mail);
    return { responseStatus: 250, excerpt: new Redactor([address]).text(answer).slice(0, MAX_TEXT) };
  }
}

function failureOf(error: unknown): Answer {
  const text = error instanceof Error ? error.message : String(error);
  const status = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : null;
  return { responseStatus: Number.isInteger(status) ? status : null, excerpt: null, error: text, isFinal: isRefused(error) };
}
