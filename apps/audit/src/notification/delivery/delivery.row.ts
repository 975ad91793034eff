import type { DeliveryStatus, NoticeTopic } from '@slipway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One notice on its way to one receiver: the outbox, and afterwards the delivery log. */
@Entity('notification_delivery')
export class DeliveryRow {
  @PrimaryColumn({ name: 'delivery_id', type: 'text' })
  deliveryId!: string;
  @Column({ name: 'subscription_id', type: 'text' })
  subscriptionId!: string;
  @Column({ type: 'text' })
  topic!: NoticeTopic;
  @Column({ type: 'text' })
  channel!: 'email' | 'webhook' | 'slack';
  /** Actor id of whom a mail is for. */
  @Column({ type: 'text', nullable: true })
  recipient!: string | null;
  @Column({ name: 'event_id', type: 'text' })
  eventId!: string;
  @Column({ name: 'event_position', type: 'bigint' })
  eventPosition!: number;
  @Column({ name: 'occurred_at', type: 'timestamptz' })
  occurredAt!: Date;
  @Column({ name: 'project_id', type: 'text' })
  projectId!: string;
  @Column({ name: 'environment_id', type: 'text' })
  environmentId!: string;
  @Column({ type: 'text' })
  title!: string;
  /** Exactly what a webhook posts; a mail's parts as JSON. */
  @Column({ type: 'text' })
  body!: string;
  @Column({ type: 'text' })
  status!: DeliveryStatus;
  @Column({ type: 'integer' })
  attempts!: number;
  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
  @Column({ name: 'next_attempt_at', type: 'timestamptz', nullable: true })
  nextAttemptAt!: Date | null;
  @Column({ name: 'last_attempt_at', type: 'timestamptz', nullable: true })
  lastAttemptAt!: Date | null;
  @Column({ name: 'response_status', type: 'integer', nullable: true })
  responseStatus!: number | null;
  @Column({ name: 'duration_ms', type: 'integer', nullable: true })
  durationMs!: number | null;
  @Column({ type: 'text', nullable: true })
  error!: string | null;
}
