import type { MigrationClass } from '@slipway/projections-typeorm';
import { AuditEvents1763650000000 } from './audit-log/projections/audit-events/audit-events.migration';
import { AuditEventsByTime1763900000000 } from './audit-log/projections/audit-events/audit-events-by-time.migration';
import { AuditEventsRare1763650000003 } from './audit-log/projections/audit-events/audit-events-rare.migration';
import { DeploymentRecord1763650000002 } from './deployment/projections/deployment-record/deployment-record.migration';
import { DocumentsUncompressed1763800000001 } from './documents-uncompressed.migration';
import { DeliveryAddress1764450000000 } from './notification/projections/notifications/delivery-address.migration';
import { Notifications1763810000000 } from './notification/projections/notifications/notifications.migration';
import { TimelinePlaces1763800000000 } from './timeline/projections/timeline/timeline-places.migration';
import { Timeline1763650000001 } from './timeline/projections/timeline/timeline.migration';

export const SCHEMA = 'audit';
/** In the order in which they run. */
export const MIGRATIONS: readonly MigrationClass[] = [
  AuditEvents1763650000000,
  Timeline1763650000001,
  DeploymentRecord1763650000002,
  AuditEventsRare1763650000003,
  TimelinePlaces1763800000000,
  DocumentsUncompressed1763800000001,
  Notifications1763810000000,
  AuditEventsByTime1763900000000,
  DeliveryAddress1764450000000,
];
