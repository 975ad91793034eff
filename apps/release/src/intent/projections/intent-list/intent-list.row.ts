import type { IntentView } from '@slipway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One intent, whole: what is filtered and sorted by has columns, the rest is `view`. */
@Entity({ name: 'intent' })
export class IntentRow {
  @PrimaryColumn({ name: 'intent_id', type: 'text' })
  intentId!: string;
  /** Stream position of its first event: the order of the list, newest first. */
  @Column({ type: 'bigint' })
  position!: number;
  @Column({ name: 'project_id', type: 'text' })
  projectId!: string;
  /** Of what is proposed; `_` where nothing is. */
  @Column({ name: 'environment_id', type: 'text' })
  environmentId!: string;
  @Column({ name: 'conversation_id', type: 'text' })
  conversationId!: string;
  @Column({ type: 'text' })
  status!: IntentView['status'];
  /** When its proposal runs out; null where nothing does. */
  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;
  @Column({ type: 'jsonb' })
  view!: IntentView;
}
