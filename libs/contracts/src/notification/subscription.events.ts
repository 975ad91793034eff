import { Type, type Static } from 'typebox';
import { Closed, Nullable, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { IdSchema, NAME_PATTERN, TimestampSchema } from '../platform/names';
import { SecretPinSchema } from '../release/draft';
import { TOPICS } from './topics';

/** To whom a subscription belongs. `ref`: an actor id, a team, a project; `_` for the platform. */
export const SUBSCRIBER_KINDS = ['user', 'team', 'project', 'platform'] as const;
export type SubscriberKind = (typeof SUBSCRIBER_KINDS)[number];
export const SubscriberSchema = Closed({ kind: Type.Enum([...SUBSCRIBER_KINDS]), ref: Text(200) });
export type Subscriber = Static<typeof SubscriberSchema>;

export const WEBHOOK_FORMATS = ['json', 'slack'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

/** The URL is sealed, for it may carry a token of its own (Slack's does); `origin` is what of it may be seen. `secret`: signs. */
export const ChannelSchema = Type.Union([
  Closed({ kind: Type.Literal('email') }),
  Closed({
    kind: Type.Literal('webhook'),
    format: Type.Enum([...WEBHOOK_FORMATS]),
    origin: Text(300),
    url: SecretPinSchema,
    secret: SecretPinSchema,
  }),
]);
export type Channel = Static<typeof ChannelSchema>;

const Ids = Type.Array(Type.String({ pattern: NAME_PATTERN, maxLength: 63 }), { maxItems: 50 });
const Selection = {
  name: Text(100, { minLength: 1 }),
  topics: Type.Array(Type.Enum([...TOPICS]), { minItems: 1, maxItems: TOPICS.length }),
  /** Empty: all that the subscriber may see. */
  projects: Ids,
  environments: Ids,
};
export const SelectionSchema = Closed(Selection);
export type Selection = Static<typeof SelectionSchema>;

export const subscriptionEvents = {
  'subscription.created': Closed({ owner: SubscriberSchema, ...Selection, channel: ChannelSchema }),
  'subscription.changed': Closed(Selection),
  /** Another URL, and so another secret. */
  'subscription.endpoint_changed': Closed({ channel: ChannelSchema }),
  /** The secret before this one signs as well until `previous_until`. */
  'subscription.secret_rotated': Closed({ secret: SecretPinSchema, previous_until: TimestampSchema }),
  'subscription.paused': Closed({ reason: Text(1000), automatic: Type.Boolean() }),
  'subscription.resumed': Closed({ by: Text(200) }),
  'subscription.removed': Closed({ reason: Text(1000) }),
  'subscription.pinged': Closed({ delivery_id: IdSchema }),
  /** Of one delivery, or of all that happened in a range of time. */
  'subscription.replay_requested': Closed({
    delivery_id: Nullable(IdSchema),
    since: Nullable(TimestampSchema),
    until: Nullable(TimestampSchema),
    succeeded_too: Type.Boolean(),
  }),
};
export type SubscriptionEvent = EventsOf<typeof subscriptionEvents>;
export type NewSubscriptionEvent = NewEventsOf<typeof subscriptionEvents>;

/** Where a person reads mail. The address is sealed: the log keeps nobody's address for ever. */
export const contactEvents = {
  'contact.changed': Closed({
    actor_id: Text(200),
    address: Nullable(SecretPinSchema),
    /** Mail goes to the address only once the code that is mailed to it was given back. Without: at once. */
    confirmation: Type.Optional(Closed({ code: SecretPinSchema, expires_at: TimestampSchema })),
    /** Where mail went until now, and is told of the change. */
    former: Type.Optional(SecretPinSchema),
  }),
  /** Mail goes to this address from now on. */
  'contact.confirmed': Closed({ actor_id: Text(200), address: SecretPinSchema }),
};
export type ContactEvent = EventsOf<typeof contactEvents>;
export type NewContactEvent = NewEventsOf<typeof contactEvents>;
