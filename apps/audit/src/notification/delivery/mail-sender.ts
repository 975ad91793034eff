import { setTimeout as delay } from 'node:timers/promises';
import { createTransport, type Transporter } from 'nodemailer';
import type { Mail } from '../domain/message';

export interface MailSettings {
  /** `smtp://user@host:587` or `smtps://user@host:465`. */
  readonly url: string;
  readonly password: string | undefined;
  readonly from: string;
  /** Of `smtp`: whether the connection must become an encrypted one before anything is said. */
  readonly startTls: 'required' | 'optional';
  /** Certificate of the authority that the server's is from, PEM; without it those that Node knows. */
  readonly authority?: string;
  /** For one mail as a whole; default MAIL_LIMIT_MS. */
  readonly limitMs?: number;
}
export interface SentMail {
  /** What the server answered. */
  readonly answer: string;
}

/** For each silence of the server. */
const TIMEOUT_MS = 10_000;
/** For one mail as a whole: a server that says a word every few seconds is never silent. */
export const MAIL_LIMIT_MS = 30_000;

/** Mail over SMTP. */
export class MailSender {
  private readonly transport: Transporter;

  constructor(private readonly settings: MailSettings) {
    const { protocol, hostname, port, username } = new URL(settings.url);
    const secure = protocol === 'smtps:';
    this.transport = createTransport({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (secure ? 465 : 587) : Number(port),
      secure,
      requireTLS: !secure && settings.startTls === 'required',
      ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: settings.password ?? '' } }),
      ...(settings.authority === undefined ? {} : { tls: { ca: settings.authority } }),
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      dnsTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  /**
   * The message id is the delivery's, so that a mailbox can tell a repetition.
   * @throws Error with `responseCode` where the server refused, without where it was not done in time
   */
  async send(deliveryId: string, to: string, mail: Mail): Promise<SentMail> {
    const { limitMs = MAIL_LIMIT_MS } = this.settings;
    const late = new AbortController();
    const tooLate = delay(limitMs, undefined, { signal: late.signal }).then(() => {
      throw new Error(`the mail server was not done within ${limitMs} ms`);
    });
    try {
      return await Promise.race([this.hand(deliveryId, to, mail), tooLate]);
    } finally {
      late.abort();
      tooLate.catch(() => undefined);
    }
  }

  private async hand(deliveryId: string, to: string, { subject, text, html }: Mail): Promise<SentMail> {
    const sent: unknown = await this.transport.sendMail({
      from: this.settings.from,
      to: { name: '', address: to },
      subject,
      text,
      html,
      messageId: `<${deliveryId}@slipway.invalid>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Slipway-Delivery': deliveryId },
    });
    return { answer: (sent as { response?: string }).response ?? '' };
  }

  close(): void {
    this.transport.close();
  }
}

/** A server that says 5xx will say so again. */
export const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number' && error.responseCode >= 500;
