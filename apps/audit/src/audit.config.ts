import { ServiceConfig } from '@slipway/service-kit';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength } from 'class-validator';

/** What notifications need on top of every service (docs/notifications.md). */
export class AuditConfig extends ServiceConfig {
  /** File with the key that seals URLs and secrets of webhooks and mail addresses: 32 bytes in base64. */
  @IsString()
  @MinLength(1)
  SLIPWAY_ENDPOINTS_KEY_FILE!: string;

  /** Where people reach the page; links in notices begin with it. */
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  SLIPWAY_PUBLIC_URL: string = 'http://127.0.0.1:8080';

  /** As the gateway's: which group of the identity provider has which role, where. */
  @IsOptional()
  @IsString()
  SLIPWAY_OIDC_ROLES_FILE?: string;

  /** Mail server, e.g. `smtp://slipway@mail.example.com:587`; `smtps` for TLS from the first byte. Without it no mail is sent. */
  @IsOptional()
  @Matches(/^smtps?:\/\/([^\s/:@]+@)?[^\s/@]+$/, {
    message: 'SLIPWAY_SMTP_URL must be smtp://user@host:port or smtps://..., without a password',
  })
  SLIPWAY_SMTP_URL?: string;

  @IsOptional()
  @IsString()
  SLIPWAY_SMTP_PASSWORD_FILE?: string;

  /** PEM file with the authority of the mail server's certificate, where it is none that Node knows. */
  @IsOptional()
  @IsString()
  SLIPWAY_SMTP_CA_FILE?: string;

  /** `optional`: mail also goes where the server offers no encryption. */
  @IsIn(['required', 'optional'])
  SLIPWAY_SMTP_STARTTLS: 'required' | 'optional' = 'required';

  @IsString()
  @MinLength(3)
  SLIPWAY_MAIL_FROM: string = 'Slipway <slipway@localhost>';

  /** Private networks that webhooks may be posted to, separated by commas; public addresses need no mention. */
  @IsString()
  SLIPWAY_WEBHOOK_NETWORKS: string = '';

  /** Hosts and networks that webhooks may be posted to without TLS. */
  @IsString()
  SLIPWAY_WEBHOOK_HTTP: string = '';

  /** How long a receiver may take for its whole answer. */
  @Bounded(100, 60_000)
  SLIPWAY_WEBHOOK_TIMEOUT_MS: number = 10_000;

  /** Pause after a delivery's first failure; every further one is four times as long, up to six hours. */
  @Bounded(10, 3_600_000)
  SLIPWAY_DELIVERY_RETRY_MS: number = 5_000;

  /** A webhook that has failed for this long is paused, and its owner told. */
  @Bounded(1, 30 * 86_400)
  SLIPWAY_DELIVERY_PAUSE_AFTER_S: number = 86_400;
}

function Bounded(minimum: number, maximum: number) {
  return (target: object, key: string): void => {
    Type(() => Number)(target, key);
    IsInt()(target, key);
    Min(minimum)(target, key);
    Max(maximum)(target, key);
  };
}
