import type { ById, Page } from '../platform/rpc';
import type {
  ChangeContact,
  ChangeSubscription,
  ConfirmContact,
  CreateSubscription,
  DeliveryDetail,
  DeliveryView,
  IssuedSubscription,
  ListDeliveries,
  ListSubscriptions,
  NotificationSettings,
  Queued,
  ReplaySubscription,
  SubscriptionView,
} from './notification.dto';

/** Verbs of notifications, served by audit. */
export interface NotificationVerbs {
  'get-notification-settings': [Record<string, never>, NotificationSettings];
  'change-contact': [ChangeContact, NotificationSettings];
  'confirm-contact': [ConfirmContact, NotificationSettings];
  'create-subscription': [CreateSubscription, IssuedSubscription];
  'change-subscription': [ById & ChangeSubscription, IssuedSubscription];
  'rotate-webhook-secret': [ById & { overlap_s?: number }, IssuedSubscription];
  'pause-subscription': [ById & { reason?: string }, SubscriptionView];
  'resume-subscription': [ById, SubscriptionView];
  'remove-subscription': [ById & { reason?: string }, SubscriptionView];
  'ping-subscription': [ById, Queued];
  'replay-subscription': [ById & ReplaySubscription, Queued];
  'replay-delivery': [ById, Queued];
  'list-subscriptions': [ListSubscriptions, Page<SubscriptionView>];
  'get-subscription': [ById, SubscriptionView];
  'list-deliveries': [ListDeliveries, Page<DeliveryView>];
  'get-delivery': [ById, DeliveryDetail];
}
