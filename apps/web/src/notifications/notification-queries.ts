import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, type Schemas } from '../api/client';
import { MOST } from '../api/queries';

export type Subscription = Schemas['SubscriptionView'];
export type IssuedSubscription = Schemas['IssuedSubscription'];
export type Delivery = Schemas['DeliveryView'];
export type Topic = Subscription['topics'][number];
export type DeliveryStatus = Delivery['status'];

/** Deliveries are rows, not events (ADR 0027): they are asked for again, sooner while something is on its way. */
const SOON_MS = 1_500;
const LATER_MS = 15_000;

/** Where the caller reads mail, and what can be subscribed to here. */
export const notificationSettingsQuery = queryOptions({
  queryKey: ['notifications', 'settings'],
  queryFn: async () => (await api.GET('/api/v1/notifications/settings', {})).data!,
});

/** All that the caller may manage: own, of teams, of projects, of the platform. */
export const subscriptionsQuery = queryOptions({
  queryKey: ['notifications', 'subscriptions'],
  queryFn: async () => (await api.GET('/api/v1/notifications/subscriptions', { params: { query: { limit: MOST } } })).data!.items,
  refetchInterval: ({ state }) => (state.data?.some(({ failing_since: failing }) => failing !== null) ? 2 * SOON_MS : LATER_MS),
});

const onItsWay = ({ status }: Delivery): boolean => status === 'pending';

/** What a subscription was sent, newest first. */
export const deliveriesQuery = (subscription: string, status: DeliveryStatus | undefined) =>
  infiniteQueryOptions({
    queryKey: ['notifications', 'deliveries', subscription, status ?? ''],
    queryFn: async ({ pageParam: cursor }) =>
      (await api.GET('/api/v1/notifications/deliveries', { params: { query: { subscription, status, limit: 50, cursor } } })).data!,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(onItsWay)) ? SOON_MS : LATER_MS),
  });

/** One delivery: its body, and how each attempt went. */
export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: ['notifications', 'delivery', id],
    queryFn: async () => (await api.GET('/api/v1/notifications/deliveries/{id}', { params: { path: { id } } })).data!,
    refetchInterval: ({ state }) => (state.data && onItsWay(state.data) ? SOON_MS : LATER_MS),
  });

/** Whose a subscription is, in words. */
export function ownerText({ kind, ref }: Subscription['owner']): string {
  if (kind === 'user') return 'you';
  return kind === 'platform' ? 'the platform' : `${kind} ${ref}`;
}

export const isProgram = ({ channel }: Subscription): boolean => channel !== 'email';
