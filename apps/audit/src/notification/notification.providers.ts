import { readFile } from 'node:fs/promises';
import type { Provider } from '@nestjs/common';
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { BUCKETS } from '@slipway/contracts';
import { jetStreamBucket, SecretKeys, SecretStore } from '@slipway/secrets';
import { AccessDirectory, CONFIGURED_BINDINGS, configuredBindings, HeldAccess, NATS, Redaction } from '@slipway/service-kit';
import { AuditConfig } from '../audit.config';
import { Contacts } from './contacts';
import { Composer } from './delivery/composer';
import { Courier } from './delivery/courier';
import { DeliveryMetrics } from './delivery/delivery-metrics';
import { MailSender } from './delivery/mail-sender';
import { Outbox } from './delivery/outbox';
import { SealedEndpoints } from './delivery/sealed-endpoints';
import { Sending } from './delivery/sending';
import { WebhookEgress } from './delivery/webhook-egress';
import { EndpointChanges } from './endpoint-changes';
import { SubscriptionAccess } from './notification.access';
import { MAIL, PAGE_URL } from './notification.tokens';
import { Occurrences } from './occurrences';
import { Receivers } from './receivers';
import { Settings } from './settings';
import { SubscriptionViews } from './subscription-views';
import { Subscriptions } from './subscriptions';

/** Opened once it is needed, and again after a failure. */
function endpointsBucket(connection: NatsConnection): () => Promise<KV> {
  let opened: Promise<KV> | undefined;
  return () => {
    opened ??= new Kvm(connection).open(BUCKETS.endpoints, { allow_direct: false }).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}

async function mailSender(config: AuditConfig, redaction: Redaction): Promise<MailSender | null> {
  const { SLIPWAY_SMTP_URL: url, SLIPWAY_MAIL_FROM: from, SLIPWAY_SMTP_STARTTLS: startTls } = config;
  if (url === undefined) return null;
  const content = (file: string | undefined): Promise<string | undefined> =>
    file === undefined ? Promise.resolve(undefined) : readFile(file, 'utf8');
  const password = (await content(config.SLIPWAY_SMTP_PASSWORD_FILE))?.trim();
  const authority = await content(config.SLIPWAY_SMTP_CA_FILE);
  redaction.add(password);
  return new MailSender({ url, password, from, startTls, ...(authority === undefined ? {} : { authority }) });
}

export const notificationProviders: Provider[] = [
  AccessDirectory,
  HeldAccess,
  {
    provide: CONFIGURED_BINDINGS,
    inject: [AuditConfig],
    useFactory: ({ SLIPWAY_OIDC_ROLES_FILE: file }: AuditConfig) => configuredBindings(file),
  },
  {
    provide: SecretStore,
    inject: [NATS, AuditConfig],
    useFactory: async (connection: NatsConnection, { SLIPWAY_ENDPOINTS_KEY_FILE: file }: AuditConfig) =>
      new SecretStore(jetStreamBucket(endpointsBucket(connection)), SecretKeys.parse(await readFile(file, 'utf8'))),
  },
  {
    provide: WebhookEgress,
    inject: [AuditConfig],
    useFactory: ({ SLIPWAY_WEBHOOK_NETWORKS: networks, SLIPWAY_WEBHOOK_HTTP: plain }: AuditConfig) =>
      new WebhookEgress({ networks, plain }),
  },
  { provide: MAIL, inject: [AuditConfig, Redaction], useFactory: mailSender },
  { provide: PAGE_URL, inject: [AuditConfig], useFactory: ({ SLIPWAY_PUBLIC_URL: url }: AuditConfig) => url.replace(/\/+$/, '') },
  Composer,
  Contacts,
  Courier,
  DeliveryMetrics,
  EndpointChanges,
  Occurrences,
  Outbox,
  Receivers,
  SealedEndpoints,
  Sending,
  Settings,
  SubscriptionAccess,
  SubscriptionViews,
  Subscriptions,
];
