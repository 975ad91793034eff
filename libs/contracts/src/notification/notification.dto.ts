import { Type, type Static } from 'typebox';
import { Closed, Nullable, Text } from '../platform/envelope';
import { IdSchema, NAME_PATTERN, NameSchema, TimestampSchema } from '../platform/names';
import { SUBSCRIBER_KINDS, SubscriberSchema } from './subscription.events';
import { NOTICE_TOPICS, TOPICS } from './topics';

const Url = Type.String({ pattern: '^https?://[\\x21-\\x7e]+$', maxLength: 2000, description: 'Where deliveries are posted to' });
export const MailAddressSchema = Type.String({
  pattern: '^[A-Za-z0-9.!#$%&*+/=?^_{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,180}[A-Za-z0-9])?$',
  maxLength: 254,
});
const Topics = Type.Array(Type.Enum([...TOPICS]), { minItems: 1, maxItems: TOPICS.length, uniqueItems: true });
const Refs = (what: string) =>
  Type.Array(Type.String({ pattern: NAME_PATTERN, maxLength: 63 }), { maxItems: 50, uniqueItems: true, description: what });
const selection = {
  topics: Type.Optional(Topics),
  projects: Type.Optional(Refs('Only of these projects; empty: of all that the subscriber sees')),
  environments: Type.Optional(Refs('Only of these environments, ids or names in the projects; empty: of all')),
};
const Name = Text(100, { minLength: 1 });

/** Whose: of a `team`, of a `project`, of the `platform`, or, with none of them, the caller's own. */
export const CreateSubscriptionSchema = Closed({
  name: Type.Optional(Name),
  team: Type.Optional(NameSchema),
  project: Type.Optional(NameSchema),
  platform: Type.Optional(Type.Literal(true)),
  channel: Type.Enum(['email', 'webhook', 'slack']),
  url: Type.Optional(Url),
  ...selection,
});
export type CreateSubscription = Static<typeof CreateSubscriptionSchema>;

/** What is absent stays. Another `url` brings another secret. */
export const ChangeSubscriptionSchema = Closed({ name: Type.Optional(Name), url: Type.Optional(Url), ...selection });
export type ChangeSubscription = Static<typeof ChangeSubscriptionSchema>;
export const PauseSubscriptionSchema = Closed({ reason: Type.Optional(Text(1000)) });
export const RotateWebhookSecretSchema = Closed({
  overlap_s: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 604_800,
      description: 'How long deliveries are signed with the old secret as well; default a day',
    }),
  ),
});
/** By default only what did not arrive. */
export const ReplaySubscriptionSchema = Closed({
  since: TimestampSchema,
  until: Type.Optional(TimestampSchema),
  succeeded_too: Type.Optional(Type.Boolean()),
});
export type ReplaySubscription = Static<typeof ReplaySubscriptionSchema>;

const subscription = {
  subscription_id: IdSchema,
  name: Type.String(),
  owner: SubscriberSchema,
  channel: Type.Enum(['email', 'webhook', 'slack']),
  endpoint: Nullable(Type.String({ description: 'What of the URL may be seen: its origin' })),
  topics: Type.Array(Type.Enum([...TOPICS])),
  projects: Type.Array(Type.String()),
  environments: Type.Array(Type.String()),
  status: Type.Enum(['active', 'paused']),
  paused_because: Nullable(Type.String()),
  paused_automatically: Type.Boolean(),
  previous_secret_until: Nullable(TimestampSchema),
  failing_since: Nullable(TimestampSchema),
  last_success_at: Nullable(TimestampSchema),
  created_by: Type.String(),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
};
export const SubscriptionViewSchema = Closed(subscription);
export type SubscriptionView = Static<typeof SubscriptionViewSchema>;
/** `secret` is shown once; null where there is none, and in the answer to a repeated request. */
export const IssuedSubscriptionSchema = Closed({ ...subscription, secret: Nullable(Type.String()) });
export type IssuedSubscription = Static<typeof IssuedSubscriptionSchema>;

const paging = { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })), cursor: Type.Optional(Text(200)) };
/** Without an owner: all that the caller may manage. */
export const ListSubscriptionsSchema = Closed({
  owner: Type.Optional(Type.Enum([...SUBSCRIBER_KINDS])),
  team: Type.Optional(NameSchema),
  project: Type.Optional(NameSchema),
  channel: Type.Optional(Type.Enum(['email', 'webhook', 'slack'])),
  ...paging,
});
export type ListSubscriptions = Static<typeof ListSubscriptionsSchema>;

/** `held`: its subscription is paused, a replay sends it. `dropped`: not sent, e.g. because the recipient may not read it any more. */
export const DELIVERY_STATUSES = ['pending', 'succeeded', 'failed', 'held', 'dropped'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];
const delivery = {
  delivery_id: IdSchema,
  subscription_id: IdSchema,
  topic: Type.Enum([...NOTICE_TOPICS]),
  title: Nullable(Type.String({ description: 'Null where the caller may not read what it is about' })),
  event_id: IdSchema,
  project_id: Type.String(),
  environment_id: Type.String(),
  channel: Type.Enum(['email', 'webhook', 'slack']),
  recipient: Nullable(Type.String({ description: 'Actor id of whom a mail is for' })),
  status: Type.Enum([...DELIVERY_STATUSES]),
  attempts: Type.Integer({ description: 'Since it was queued, or replayed' }),
  created_at: TimestampSchema,
  next_attempt_at: Nullable(TimestampSchema),
  last_attempt_at: Nullable(TimestampSchema),
  response_status: Nullable(Type.Integer()),
  duration_ms: Nullable(Type.Integer()),
  error: Nullable(Type.String()),
};
export const DeliveryViewSchema = Closed(delivery);
export type DeliveryView = Static<typeof DeliveryViewSchema>;
export const DeliveryAttemptSchema = Closed({
  at: TimestampSchema,
  outcome: Type.Enum(['succeeded', 'failed']),
  response_status: Nullable(Type.Integer()),
  duration_ms: Type.Integer(),
  response_excerpt: Nullable(Type.String({ description: 'The first kilobyte of what the receiver answered' })),
  error: Nullable(Type.String()),
});
export type DeliveryAttempt = Static<typeof DeliveryAttemptSchema>;
export const DeliveryDetailSchema = Closed({
  ...delivery,
  body: Nullable(Type.String({ description: 'What is sent, as text; null where the caller may not read what it is about' })),
  history: Type.Array(DeliveryAttemptSchema, { description: 'The latest attempts first' }),
});
export type DeliveryDetail = Static<typeof DeliveryDetailSchema>;
export const ListDeliveriesSchema = Closed({
  subscription: IdSchema,
  status: Type.Optional(Type.Enum([...DELIVERY_STATUSES])),
  topic: Type.Optional(Type.Enum([...NOTICE_TOPICS])),
  ...paging,
});
export type ListDeliveries = Static<typeof ListDeliveriesSchema>;

/** What a replay or a ping queues is seen in the deliveries. */
export const QueuedSchema = Closed({ subscription_id: IdSchema, delivery_id: Nullable(IdSchema) });
export type Queued = Static<typeof QueuedSchema>;

export const ChangeContactSchema = Closed({ email: Nullable(MailAddressSchema) });
export type ChangeContact = Static<typeof ChangeContactSchema>;
export const ConfirmContactSchema = Closed({ code: Text(40, { minLength: 1, description: 'As it was mailed to the address' }) });
export type ConfirmContact = Static<typeof ConfirmContactSchema>;
/** The caller's own: where mail goes, and what can be subscribed to here. */
export const NotificationSettingsSchema = Closed({
  actor_id: Type.String(),
  email: Nullable(Type.String({ description: 'Where mail goes' })),
  pending_email: Nullable(Type.String({ description: 'Where mail goes once the code that was mailed there is given back' })),
  mail_enabled: Type.Boolean({ description: 'The operator has configured a mail server' }),
  teams: Type.Array(Type.String(), { description: 'Teams of the caller, whose subscriptions the caller may manage' }),
  topics: Type.Array(Closed({ topic: Type.Enum([...TOPICS]), title: Type.String(), personal_default: Type.Boolean() })),
});
export type NotificationSettings = Static<typeof NotificationSettingsSchema>;
