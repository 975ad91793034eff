import {
  sameJson,
  SlipwayError,
  unknownResource,
  type Channel,
  type EventOf,
  type NewSubscriptionEvent,
  type SecretPin,
  type Selection,
  type Subscriber,
} from '@slipway/contracts';
import type { KnownSubscription, Subscription } from './subscription.state';

export interface NewSubscription {
  readonly owner: Subscriber;
  readonly selection: Selection;
  readonly channel: Channel;
}

/** @throws SlipwayError `unknown_resource` */
export function knownSubscription(state: Subscription, ref: string): KnownSubscription {
  if (state.phase === 'absent' || state.phase === 'removed') throw unknownResource('subscription', ref);
  return state;
}

export function createSubscription({ owner, selection, channel }: NewSubscription, state: Subscription): NewSubscriptionEvent[] {
  if (state.phase !== 'absent') return [];
  return [{ action: 'subscription.created', status: 'active', detail: { owner, ...selection, channel } }];
}

/** `channel`: the new endpoint, where the request names one. @throws SlipwayError `unknown_resource`, `invalid_request` */
export function changeSubscription(
  ref: string,
  { selection, channel }: { readonly selection: Selection; readonly channel: Channel | undefined },
  state: Subscription,
): NewSubscriptionEvent[] {
  const known = knownSubscription(state, ref);
  const events: NewSubscriptionEvent[] = [];
  if (!sameJson(selection, known.selection)) {
    events.push({ action: 'subscription.changed', status: known.phase, detail: selection });
  }
  if (channel) {
    requireWebhook(known);
    events.push({ action: 'subscription.endpoint_changed', status: known.phase, detail: { channel } });
  }
  return events;
}

/** @throws SlipwayError `unknown_resource`, `invalid_request` for a subscription that signs nothing */
export function rotateSecret(ref: string, secret: SecretPin, previousUntil: string, state: Subscription): NewSubscriptionEvent[] {
  const known = knownSubscription(state, ref);
  requireWebhook(known);
  return [{ action: 'subscription.secret_rotated', status: known.phase, detail: { secret, previous_until: previousUntil } }];
}

/** @throws SlipwayError `unknown_resource` */
export function pauseSubscription(ref: string, why: { reason: string; automatic: boolean }, state: Subscription): NewSubscriptionEvent[] {
  if (knownSubscription(state, ref).phase === 'paused') return [];
  return [{ action: 'subscription.paused', status: 'paused', detail: why }];
}

/** @throws SlipwayError `unknown_resource` */
export function resumeSubscription(ref: string, by: string, state: Subscription): NewSubscriptionEvent[] {
  if (knownSubscription(state, ref).phase === 'active') return [];
  return [{ action: 'subscription.resumed', status: 'active', detail: { by } }];
}

/** @throws SlipwayError `unknown_resource` */
export function removeSubscription(ref: string, reason: string | undefined, state: Subscription): NewSubscriptionEvent[] {
  knownSubscription(state, ref);
  return [{ action: 'subscription.removed', status: 'removed', detail: { reason: reason ?? '' } }];
}

/** A test reaches others too: a mailbox, a channel, a receiver. */
const PING_PAUSE_S = 30;

/** @throws SlipwayError `unknown_resource`, `too_many_requests` */
export function pingSubscription(ref: string, deliveryId: string, now: string, state: Subscription): NewSubscriptionEvent[] {
  const { phase, pingedAt, selection } = knownSubscription(state, ref);
  const waitS = pingedAt === undefined ? 0 : PING_PAUSE_S - (Date.parse(now) - Date.parse(pingedAt)) / 1000;
  if (waitS > 0) {
    throw new SlipwayError(
      'too_many_requests',
      `'${selection.name}' was tried out a moment ago; see in its deliveries how that went, or try again in ${Math.ceil(waitS)} seconds.`,
      { subscription_id: ref, retry_after_s: Math.ceil(waitS) },
    );
  }
  return [{ action: 'subscription.pinged', status: phase, detail: { delivery_id: deliveryId } }];
}

type Replay = EventOf<'subscription.replay_requested'>['detail'];
/** @throws SlipwayError `unknown_resource`, `invalid_request`, `rule_violation` where nothing could be sent */
export function replay(ref: string, detail: Replay, state: Subscription): NewSubscriptionEvent[] {
  const known = knownSubscription(state, ref);
  if (known.phase === 'paused') {
    throw new SlipwayError('resource_in_use', `The subscription '${known.selection.name}' is paused; resume it, then send again.`, {
      subscription_id: ref,
    });
  }
  const { since, until } = detail;
  if (since !== null && until !== null && until <= since) {
    throw new SlipwayError('invalid_request', "'until' must be later than 'since'.", { field: 'until' });
  }
  return [{ action: 'subscription.replay_requested', status: known.phase, detail }];
}

/** @throws SlipwayError `invalid_request` */
function requireWebhook({ channel, selection }: KnownSubscription): void {
  if (channel.kind === 'webhook') return;
  throw new SlipwayError('invalid_request', `The subscription '${selection.name}' sends mail: it has neither a URL nor a secret.`, {
    field: 'url',
  });
}
