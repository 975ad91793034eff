import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Subscription } from '../../domain/subscription.state';

/** A subscription as it is, for matching and lists; a removed one keeps its row, so that its deliveries still say whose they were. */
@Entity('notification_subscription')
export class SubscriptionRow {
  @PrimaryColumn({ name: 'subscription_id', type: 'text' })
  subscriptionId!: string;
  @Column({ name: 'project_id', type: 'text' })
  projectId!: string;
  @Column({ name: 'owner_kind', type: 'text' })
  ownerKind!: string;
  @Column({ name: 'owner_ref', type: 'text' })
  ownerRef!: string;
  /** `email`, `webhook` or `slack`. */
  @Column({ type: 'text' })
  channel!: string;
  @Column({ type: 'text' })
  phase!: string;
  /** Of its first event: it is told of nothing that was before. */
  @Column({ type: 'bigint' })
  position!: number;
  @Column({ type: 'text', array: true })
  topics!: string[];
  @Column({ type: 'json' })
  state!: Subscription;
}
