import { Module } from '@nestjs/common';
import { notificationProviders } from './notification.providers';

/** Everything that subscriptions, deliveries and the reactions that make them share. */
@Module({ providers: notificationProviders, exports: notificationProviders })
export class NotificationModule {}
