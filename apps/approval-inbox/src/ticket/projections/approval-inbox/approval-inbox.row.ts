import type { EnvironmentType, Permission, TicketView } from '@slipway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('approval_inbox_items')
export class InboxItemRow {
  @PrimaryColumn({ name: 'ticket_id', type: 'text' })
  ticketId!: string;
  @Column({ name: 'project_id', type: 'text' })
  projectId!: string;
  @Column({ name: 'team_id', type: 'text' })
  teamId!: string;
  @Column({ name: 'environment_id', type: 'text' })
  environmentId!: string;
  @Column({ name: 'environment_name', type: 'text' })
  environmentName!: string;
  @Column({ name: 'environment_type', type: 'text' })
  environmentType!: EnvironmentType;
  @Column({ name: 'release_id', type: 'text' })
  releaseId!: string;
  @Column({ name: 'preview_ref', type: 'text' })
  previewRef!: string;
  @Column({ type: 'text' })
  act!: TicketView['act'];
  @Column({ name: 'service_name', type: 'text' })
  serviceName!: string;
  @Column({ name: 'artifact_version', type: 'text' })
  artifactVersion!: string;
  @Column({ type: 'text' })
  title!: string;
  @Column({ type: 'text' })
  summary!: string;
  @Column({ type: 'text' })
  risk!: TicketView['risk'];
  @Column({ type: 'text' })
  priority!: TicketView['priority'];
  @Column({ name: 'required_permission', type: 'text' })
  requiredPermission!: Permission;
  @Column({ type: 'int' })
  quorum!: number;
  @Column({ name: 'four_eyes', type: 'boolean' })
  fourEyes!: boolean;
  @Column({ name: 'requested_by', type: 'text' })
  requestedBy!: string;
  @Column({ name: 'requested_by_type', type: 'text' })
  requestedByType!: TicketView['requested_by_type'];
  @Column({ name: 'previewed_by', type: 'text' })
  previewedBy!: string;
  @Column({ name: 'requested_at', type: 'timestamptz' })
  requestedAt!: Date;
  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;
  @Column({ name: 'sla_due_at', type: 'timestamptz', nullable: true })
  slaDueAt!: Date | null;
  @Column({ type: 'text' })
  status!: TicketView['status'];
  @Column({ type: 'int' })
  approvals!: number;
  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  decidedAt!: Date | null;
  @Column({ name: 'decided_by', type: 'text', array: true })
  decidedBy!: string[];
  @Column({ type: 'int' })
  version!: number;
}

/** One line of a ticket's history; `version` is the ticket's after it. */
@Entity('approval_inbox_actions')
export class InboxActionRow {
  @PrimaryColumn({ name: 'ticket_id', type: 'text' })
  ticketId!: string;
  @PrimaryColumn({ type: 'int' })
  version!: number;
  @Column({ type: 'text' })
  action!: TicketView['actions'][number]['action'];
  @Column({ name: 'actor_id', type: 'text' })
  actorId!: string;
  @Column({ name: 'actor_type', type: 'text' })
  actorType!: TicketView['actions'][number]['actor_type'];
  @Column({ type: 'text', nullable: true })
  comment!: string | null;
  @Column({ type: 'timestamptz' })
  at!: Date;
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const ticketOfRow = (row: InboxItemRow, actions: readonly InboxActionRow[]): TicketView => ({
  ticket_id: row.ticketId,
  status: row.status,
  act: row.act,
  release_id: row.releaseId,
  preview_ref: row.previewRef,
  project_id: row.projectId,
  environment_id: row.environmentId,
  environment_name: row.environmentName,
  environment_type: row.environmentType,
  service_name: row.serviceName,
  artifact_version: row.artifactVersion,
  title: row.title,
  summary: row.summary,
  risk: row.risk,
  priority: row.priority,
  required_permission: row.requiredPermission,
  quorum: row.quorum,
  approvals: row.approvals,
  four_eyes: row.fourEyes,
  requested_by: row.requestedBy,
  requested_by_type: row.requestedByType,
  requested_at: row.requestedAt.toISOString(),
  expires_at: iso(row.expiresAt),
  sla_due_at: iso(row.slaDueAt),
  decided_at: iso(row.decidedAt),
  decided_by: row.decidedBy,
  actions: actions.map(({ action, actorId, actorType, comment, at }) => ({
    action,
    actor_id: actorId,
    actor_type: actorType,
    comment,
    at: at.toISOString(),
  })),
  version: row.version,
});
