import type { ServiceView } from '@slipway/contracts';
import type { ServiceRow } from './service-list.row';

export const serviceViewOf = (row: ServiceRow): ServiceView => ({
  service_id: row.serviceId,
  project_id: row.projectId,
  name: row.name,
  title: row.title,
  kind: row.kind,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});
