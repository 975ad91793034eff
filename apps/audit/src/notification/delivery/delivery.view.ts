import type { DeliveryView } from '@slipway/contracts';
import type { DeliveryRow } from './delivery.row';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

export const deliveryView = (row: DeliveryRow): DeliveryView => ({
  delivery_id: row.deliveryId,
  subscription_id: row.subscriptionId,
  topic: row.topic,
  title: row.title,
  event_id: row.eventId,
  project_id: row.projectId,
  environment_id: row.environmentId,
  channel: row.channel,
  recipient: row.recipient,
  status: row.status,
  attempts: row.attempts,
  created_at: row.createdAt.toISOString(),
  next_attempt_at: iso(row.nextAttemptAt),
  last_attempt_at: iso(row.lastAttemptAt),
  response_status: row.responseStatus,
  duration_ms: row.durationMs,
  error: row.error,
});
