import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ProjectionsModule } from '@slipway/projections-typeorm';
import { AuditEventRow } from './audit-log/projections/audit-events/audit-event.row';
import { AuditEventsProjection } from './audit-log/projections/audit-events/audit-events.projection';
import { ListEventsController } from './audit-log/queries/list-events/list-events.controller';
import { ListEventsHandler } from './audit-log/queries/list-events/list-events.query';
import { MIGRATIONS, SCHEMA } from './audit.schema';
import { DeploymentRecordProjection } from './deployment/projections/deployment-record/deployment-record.projection';
import { DeploymentRecordRow } from './deployment/projections/deployment-record/deployment-record.row';
import { GetDeploymentController } from './deployment/queries/get-deployment/get-deployment.controller';
import { GetDeploymentHandler } from './deployment/queries/get-deployment/get-deployment.query';
import { ListDeploymentsController } from './deployment/queries/list-deployments/list-deployments.controller';
import { ListDeploymentsHandler } from './deployment/queries/list-deployments/list-deployments.query';
import { DeliveryRow } from './notification/delivery/delivery.row';
import { NotificationModule } from './notification/notification.module';
import { notificationSlices } from './notification/notification.slices';
import { NotificationsProjection } from './notification/projections/notifications/notifications.projection';
import { SubscriptionRow } from './notification/projections/notifications/subscription.row';
import { FollowContactsReaction } from './notification/reactions/follow-contacts.reaction';
import { FollowSubscriptionsReaction } from './notification/reactions/follow-subscriptions.reaction';
import { QueueDeliveriesReaction } from './notification/reactions/queue-deliveries.reaction';
import { ProjectionsController } from './operations/projections.controller';
import { TimelineEntryRow } from './timeline/projections/timeline/timeline-entry.row';
import { GetGroupTimelineController } from './timeline/queries/get-group-timeline/get-group-timeline.controller';
import { GetGroupTimelineHandler } from './timeline/queries/get-group-timeline/get-group-timeline.query';
import { GetTimelineController } from './timeline/queries/get-timeline/get-timeline.controller';
import { GetTimelineHandler } from './timeline/queries/get-timeline/get-timeline.query';
import { TimelineEntries } from './timeline/timeline-entries';

/** Reads all events: audit log, timelines, deployment records; and tells people and programs of them. Writes subscriptions alone. */
@Module({
  imports: [
    CqrsModule.forRoot(),
    ProjectionsModule.forService({
      schema: SCHEMA,
      migrations: MIGRATIONS,
      entities: [AuditEventRow, TimelineEntryRow, DeploymentRecordRow, SubscriptionRow, DeliveryRow],
      projections: [AuditEventsProjection, DeploymentRecordProjection, NotificationsProjection],
      reactions: [QueueDeliveriesReaction, FollowSubscriptionsReaction, FollowContactsReaction],
      imports: [NotificationModule],
    }),
    NotificationModule,
  ],
  controllers: [
    ListEventsController,
    GetTimelineController,
    GetGroupTimelineController,
    ListDeploymentsController,
    GetDeploymentController,
    ProjectionsController,
    ...notificationSlices.controllers,
  ],
  providers: [
    ListEventsHandler,
    TimelineEntries,
    GetTimelineHandler,
    GetGroupTimelineHandler,
    ListDeploymentsHandler,
    GetDeploymentHandler,
    ...notificationSlices.handlers,
  ],
})
export class AuditModule {}
