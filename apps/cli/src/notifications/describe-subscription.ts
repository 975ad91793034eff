import type { Schemas } from '@slipway/api-client';
import type { Output } from '../output/output';
import { coloured, relative } from '../output/values';

type Subscription = Schemas['SubscriptionView'];
type Delivery = Schemas['DeliveryView'];

/** A subscription, and its secret where the answer brings one. */
export function describeSubscription(output: Output, subscription: Subscription & { readonly secret?: string | null }): void {
  if (output.json) return output.document(subscription);
  const { subscription_id, name, owner, channel, endpoint, topics, status, paused_because, failing_since, secret } = subscription;
  output.line(`${output.paint('bold', subscription_id)}  ${name}: ${channel}${endpoint === null ? '' : ` to ${endpoint}`}`);
  output.line(`of        ${owner.kind}${owner.ref === '_' ? '' : ` ${owner.ref}`}`);
  output.line(`told      ${topics.join(', ')}`);
  output.line(`status    ${coloured(output, status)}${paused_because === null ? '' : `: ${paused_because}`}`);
  if (failing_since !== null) output.line(`failing   since ${failing_since}`);
  if (!secret) return;
  output.line();
  output.line('Signing secret, shown this once:');
  output.line(secret);
}

export function showSubscriptions(output: Output, items: readonly Subscription[]): void {
  output.table(
    ['SUBSCRIPTION', 'NAME', 'OF', 'CHANNEL', 'ENDPOINT', 'STATUS', 'LAST SUCCESS'],
    items.map((one) => [
      one.subscription_id,
      one.name,
      `${one.owner.kind}${one.owner.ref === '_' ? '' : `:${one.owner.ref}`}`,
      one.channel,
      one.endpoint ?? '',
      coloured(output, one.failing_since === null ? one.status : `${one.status}, failing`),
      one.last_success_at === null ? '' : relative(one.last_success_at),
    ]),
  );
}

export function showDeliveries(output: Output, items: readonly Delivery[]): void {
  output.table(
    ['DELIVERY', 'WHAT', 'STATUS', 'TRIES', 'ANSWER', 'MS', 'QUEUED', 'ERROR'],
    items.map((one) => [
      one.delivery_id,
      one.title ?? '(you may not read it)',
      coloured(output, one.status),
      String(one.attempts),
      one.response_status === null ? '' : String(one.response_status),
      one.duration_ms === null ? '' : String(one.duration_ms),
      relative(one.created_at),
      one.error ?? '',
    ]),
  );
}
