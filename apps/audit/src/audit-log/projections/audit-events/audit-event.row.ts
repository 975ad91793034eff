import type { AuditEvent } from '@slipway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('audit_event')
export class AuditEventRow {
  @PrimaryColumn({ type: 'bigint' })
  position!: number;
  @Column({ name: 'project_id', type: 'text' })
  projectId!: string;
  @Column({ name: 'environment_id', type: 'text' })
  environmentId!: string;
  @Column({ name: 'resource_id', type: 'text' })
  resourceId!: string;
  @Column({ name: 'actor_id', type: 'text' })
  actorId!: string;
  @Column({ type: 'text' })
  action!: string;
  @Column({ name: 'occurred_at', type: 'timestamptz' })
  occurredAt!: Date;
  /** The event as the audit log shows it. */
  @Column({ type: 'json' })
  entry!: AuditEvent;
}
