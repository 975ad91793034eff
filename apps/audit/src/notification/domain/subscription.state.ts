import type { Channel, SecretPin, Selection, Subscriber, SubscriptionEvent } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

export interface SubscriptionFacts {
  readonly id: string;
  readonly projectId: string;
  readonly owner: Subscriber;
  readonly selection: Selection;
  readonly channel: Channel;
  /** Signs as well, until then: the receiver has not taken the new secret over yet. */
  readonly previousSecret: { readonly pin: SecretPin; readonly until: string } | null;
  /** When it was last tried out. */
  readonly pingedAt?: string;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}
type Active = SubscriptionFacts & { readonly phase: 'active' };
type Paused = SubscriptionFacts & { readonly phase: 'paused'; readonly reason: string; readonly automatic: boolean };
export type KnownSubscription = Active | Paused;
export type Subscription = { readonly phase: 'absent' } | { readonly phase: 'removed' } | KnownSubscription;

const ignore = <S>(_event: never, state: S): S => state;

export function evolve(subscription: Subscription, event: SubscriptionEvent): Subscription {
  if (event.action === 'subscription.created') return created(event);
  if (subscription.phase === 'absent' || subscription.phase === 'removed') return subscription;
  const facts = { ...subscription, updatedAt: event.occurred_at };
  switch (event.action) {
    case 'subscription.changed':
      return { ...facts, selection: event.detail };
    case 'subscription.endpoint_changed':
      return { ...facts, channel: event.detail.channel, previousSecret: null };
    case 'subscription.secret_rotated':
      return rotated(facts, event.detail);
    case 'subscription.paused':
      return { ...facts, phase: 'paused', reason: event.detail.reason, automatic: event.detail.automatic };
    case 'subscription.resumed':
      return { ...factsOf(facts), phase: 'active' };
    case 'subscription.removed':
      return { phase: 'removed' };
    case 'subscription.pinged':
      return { ...subscription, pingedAt: event.occurred_at };
    case 'subscription.replay_requested':
      return subscription;
    default:
      return ignore(event, subscription);
  }
}

function created({
  resource_id,
  project_id,
  actor_id,
  occurred_at,
  detail,
}: SubscriptionEvent & { action: 'subscription.created' }): Subscription {
  const { owner, channel, ...selection } = detail;
  const { name, topics, projects, environments } = selection;
  return {
    phase: 'active',
    id: resource_id,
    projectId: project_id,
    owner,
    selection: { name, topics, projects, environments },
    channel,
    previousSecret: null,
    createdBy: actor_id,
    createdAt: occurred_at,
    updatedAt: occurred_at,
  };
}

function rotated(known: KnownSubscription, { secret, previous_until }: { secret: SecretPin; previous_until: string }): Subscription {
  if (known.channel.kind !== 'webhook') return known;
  return { ...known, channel: { ...known.channel, secret }, previousSecret: { pin: known.channel.secret, until: previous_until } };
}

function factsOf(known: KnownSubscription): SubscriptionFacts {
  const { id, projectId, owner, selection, channel, previousSecret, pingedAt, createdBy, createdAt, updatedAt } = known;
  const pinged = pingedAt === undefined ? {} : { pingedAt };
  return { id, projectId, owner, selection, channel, previousSecret, ...pinged, createdBy, createdAt, updatedAt };
}

/** Who wants to be told of what, and how. */
export const SubscriptionAggregate: AggregateType<Subscription, SubscriptionEvent> = {
  type: 'subscription',
  initial: { phase: 'absent' },
  evolve,
};
