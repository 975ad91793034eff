import { grantsOf, type DeliveryView, type Principal } from '@slipway/contracts';
import { mayReadNotice } from '../domain/audience';
import type { DeliveryRow } from './delivery.row';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Who manages a subscription sees how its deliveries went; what they say, only as far as he may read it himself. */
export const isReadable = ({ topic, projectId, environmentId }: DeliveryRow, reader: Principal): boolean =>
  mayReadNotice(grantsOf(reader), topic, { projectId, environmentId });

export const deliveryView = (row: DeliveryRow, reader: Principal): DeliveryView => ({
  delivery_id: row.deliveryId,
  subscription_id: row.subscriptionId,
  topic: row.topic,
  title: isReadable(row, reader) ? row.title : null,
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
