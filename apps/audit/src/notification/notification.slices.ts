import { CreateSubscriptionController } from './commands/create-subscription/create-subscription.controller';
import { CreateSubscriptionHandler } from './commands/create-subscription/create-subscription.handler';
import { ChangeSubscriptionController } from './commands/change-subscription/change-subscription.controller';
import { ChangeSubscriptionHandler } from './commands/change-subscription/change-subscription.handler';
import { RotateWebhookSecretController } from './commands/rotate-webhook-secret/rotate-webhook-secret.controller';
import { RotateWebhookSecretHandler } from './commands/rotate-webhook-secret/rotate-webhook-secret.handler';
import { PauseSubscriptionController } from './commands/pause-subscription/pause-subscription.controller';
import { PauseSubscriptionHandler } from './commands/pause-subscription/pause-subscription.handler';
import { ResumeSubscriptionController } from './commands/resume-subscription/resume-subscription.controller';
import { ResumeSubscriptionHandler } from './commands/resume-subscription/resume-subscription.handler';
import { RemoveSubscriptionController } from './commands/remove-subscription/remove-subscription.controller';
import { RemoveSubscriptionHandler } from './commands/remove-subscription/remove-subscription.handler';
import { PingSubscriptionController } from './commands/ping-subscription/ping-subscription.controller';
import { PingSubscriptionHandler } from './commands/ping-subscription/ping-subscription.handler';
import { ReplaySubscriptionController } from './commands/replay-subscription/replay-subscription.controller';
import { ReplaySubscriptionHandler } from './commands/replay-subscription/replay-subscription.handler';
import { ReplayDeliveryController } from './commands/replay-delivery/replay-delivery.controller';
import { ReplayDeliveryHandler } from './commands/replay-delivery/replay-delivery.handler';
import { ChangeContactController } from './commands/change-contact/change-contact.controller';
import { ChangeContactHandler } from './commands/change-contact/change-contact.handler';
import { ConfirmContactController } from './commands/confirm-contact/confirm-contact.controller';
import { ConfirmContactHandler } from './commands/confirm-contact/confirm-contact.handler';
import { GetNotificationSettingsController } from './queries/get-notification-settings/get-notification-settings.controller';
import { GetNotificationSettingsHandler } from './queries/get-notification-settings/get-notification-settings.query';
import { ListSubscriptionsController } from './queries/list-subscriptions/list-subscriptions.controller';
import { ListSubscriptionsHandler } from './queries/list-subscriptions/list-subscriptions.query';
import { GetSubscriptionController } from './queries/get-subscription/get-subscription.controller';
import { GetSubscriptionHandler } from './queries/get-subscription/get-subscription.query';
import { ListDeliveriesController } from './queries/list-deliveries/list-deliveries.controller';
import { ListDeliveriesHandler } from './queries/list-deliveries/list-deliveries.query';
import { GetDeliveryController } from './queries/get-delivery/get-delivery.controller';
import { GetDeliveryHandler } from './queries/get-delivery/get-delivery.query';

/** What callers can do and ask. */
export const notificationSlices = {
  controllers: [
    CreateSubscriptionController,
    ChangeSubscriptionController,
    RotateWebhookSecretController,
    PauseSubscriptionController,
    ResumeSubscriptionController,
    RemoveSubscriptionController,
    PingSubscriptionController,
    ReplaySubscriptionController,
    ReplayDeliveryController,
    ChangeContactController,
    ConfirmContactController,
    GetNotificationSettingsController,
    ListSubscriptionsController,
    GetSubscriptionController,
    ListDeliveriesController,
    GetDeliveryController,
  ],
  handlers: [
    CreateSubscriptionHandler,
    ChangeSubscriptionHandler,
    RotateWebhookSecretHandler,
    PauseSubscriptionHandler,
    ResumeSubscriptionHandler,
    RemoveSubscriptionHandler,
    PingSubscriptionHandler,
    ReplaySubscriptionHandler,
    ReplayDeliveryHandler,
    ChangeContactHandler,
    ConfirmContactHandler,
    GetNotificationSettingsHandler,
    ListSubscriptionsHandler,
    GetSubscriptionHandler,
    ListDeliveriesHandler,
    GetDeliveryHandler,
  ],
};
