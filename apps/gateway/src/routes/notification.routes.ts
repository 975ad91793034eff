import {
  ChangeContactSchema,
  ChangeSubscriptionSchema,
  Closed,
  ConfirmContactSchema,
  CreateSubscriptionSchema,
  DeliveryDetailSchema,
  DeliveryViewSchema,
  IdSchema,
  IssuedSubscriptionSchema,
  ListDeliveriesSchema,
  ListSubscriptionsSchema,
  NotificationSettingsSchema,
  PauseSubscriptionSchema,
  QueuedSchema,
  ReplaySubscriptionSchema,
  RotateWebhookSecretSchema,
  SubscriptionViewSchema,
  Text,
  type Permission,
  type RpcVerb,
} from '@slipway/contracts';
import { Type } from 'typebox';
import type { Route } from './route';
import { PageOf } from './shapes';

/** What somebody is told is what he may read; whose subscriptions he may manage, the owning service judges. */
const READ: readonly Permission[] = ['deploy:release:read'];
const ById = Closed({ id: IdSchema });
const Nothing = Closed({});
const rpc = (verb: RpcVerb<'audit'>): Pick<Route, 'rpc'> => ({ rpc: { service: 'audit', verb } });

const row = (
  method: Route['method'],
  path: string,
  name: string,
  summary: string,
  rest: Pick<Route, 'response'> & Partial<Route>,
): Route => ({ tag: 'notifications', method, path: `/notifications${path}`, name, summary, permissions: READ, status: 200, ...rest });

const subscriptions: readonly Route[] = [
  row('POST', '/subscriptions', 'createSubscription', 'Subscribe oneself, a team, a project or the platform, by mail, webhook or Slack', {
    project: { in: 'body', name: 'project' },
    body: CreateSubscriptionSchema,
    response: IssuedSubscriptionSchema,
    status: 201,
  }),
  row('GET', '/subscriptions', 'listSubscriptions', 'Subscriptions that the caller may manage', {
    query: ListSubscriptionsSchema,
    response: PageOf(SubscriptionViewSchema),
    ...rpc('list-subscriptions'),
  }),
  row('GET', '/subscriptions/:id', 'getSubscription', 'One subscription, and since when its deliveries fail', {
    params: ById,
    response: SubscriptionViewSchema,
    ...rpc('get-subscription'),
  }),
  row('PATCH', '/subscriptions/:id', 'changeSubscription', 'Change what is told, or the URL; another URL gets another secret, shown once', {
    params: ById,
    body: ChangeSubscriptionSchema,
    response: IssuedSubscriptionSchema,
    ...rpc('change-subscription'),
  }),
  row('DELETE', '/subscriptions/:id', 'removeSubscription', 'Remove a subscription', {
    params: ById,
    query: Closed({ reason: Type.Optional(Text(1000)) }),
    response: SubscriptionViewSchema,
    ...rpc('remove-subscription'),
  }),
  row('POST', '/subscriptions/:id/pause', 'pauseSubscription', 'Send nothing for now; what happens meanwhile is held', {
    params: ById,
    body: PauseSubscriptionSchema,
    response: SubscriptionViewSchema,
    ...rpc('pause-subscription'),
  }),
  row('POST', '/subscriptions/:id/resume', 'resumeSubscription', 'Send again from now on; a replay sends what was held', {
    params: ById,
    body: Nothing,
    response: SubscriptionViewSchema,
    ...rpc('resume-subscription'),
  }),
  row(
    'POST',
    '/subscriptions/:id/secret',
    'rotateWebhookSecret',
    'Give a webhook a new signing secret, shown once; the old one signs as well for a while',
    {
      params: ById,
      body: RotateWebhookSecretSchema,
      response: IssuedSubscriptionSchema,
      ...rpc('rotate-webhook-secret'),
    },
  ),
  row('POST', '/subscriptions/:id/ping', 'pingSubscription', 'Send a test', {
    params: ById,
    body: Nothing,
    response: QueuedSchema,
    status: 202,
    ...rpc('ping-subscription'),
  }),
  row('POST', '/subscriptions/:id/replay', 'replaySubscription', 'Send again what happened in a range of time', {
    params: ById,
    body: ReplaySubscriptionSchema,
    response: QueuedSchema,
    status: 202,
    ...rpc('replay-subscription'),
  }),
];

const deliveries: readonly Route[] = [
  row('GET', '/deliveries', 'listDeliveries', 'The delivery log of a subscription, newest first', {
    query: ListDeliveriesSchema,
    response: PageOf(DeliveryViewSchema),
    ...rpc('list-deliveries'),
  }),
  row('GET', '/deliveries/:id', 'getDelivery', 'One delivery: what was sent, and how each attempt went', {
    params: ById,
    response: DeliveryDetailSchema,
    ...rpc('get-delivery'),
  }),
  row('POST', '/deliveries/:id/replay', 'replayDelivery', 'Send one delivery again, under the same id', {
    params: ById,
    body: Nothing,
    response: QueuedSchema,
    status: 202,
    ...rpc('replay-delivery'),
  }),
];

export const notificationRoutes: readonly Route[] = [
  row('GET', '/settings', 'getNotificationSettings', 'What the caller can be told of, and where the caller reads mail', {
    response: NotificationSettingsSchema,
    ...rpc('get-notification-settings'),
  }),
  row('PUT', '/contact', 'changeContact', 'Say where one reads mail, or nowhere; a new address is mailed a code to confirm it with', {
    body: ChangeContactSchema,
    response: NotificationSettingsSchema,
  }),
  row('POST', '/contact/confirm', 'confirmContact', 'Give back the code that was mailed to a new address; mail goes there from now on', {
    body: ConfirmContactSchema,
    response: NotificationSettingsSchema,
    ...rpc('confirm-contact'),
  }),
  ...subscriptions,
  ...deliveries,
];
