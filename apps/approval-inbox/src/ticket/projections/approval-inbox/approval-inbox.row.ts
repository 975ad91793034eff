import type { Permission, TicketEntry, TicketView } from '@slipway/contracts';
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
  @Column({ name: 'environment_name', type: 'text', nullable: true })
  environmentName!: string | null;
  @Column({ name: 'environment_type', type: 'text', nullable: true })
  environmentType!: TicketView['environment_type'];
  @Column({ name: 'resource_type', type: 'text' })
  resourceType!: string;
  @Column({ name: 'resource_id', type: 'text' })
  resourceId!: string;
  @Column({ name: 'release_id', type: 'text', nullable: true })
  releaseId!: string | null;
  @Column({ name: 'preview_ref', type: 'text' })
  previewRef!: string;
  @Column({ type: 'text' })
  act!: TicketView['act'];
  @Column({ name: 'service_name', type: 'text', nullable: true })
  serviceName!: string | null;
  @Column({ name: 'artifact_version', type: 'text', nullable: true })
  artifactVersion!: string | null;
  @Column({ type: 'text' })
  title!: string;
  @Column({ type: 'text' })
  summary!: string;
  @Column({ type: 'text' })
  risk!: TicketView['risk'];
  @Column({ name: 'risk_reasons', type: 'text', array: true })
  riskReasons!: string[];
  @Column({ type: 'text' })
  priority!: TicketView['priority'];
  @Column({ name: 'required_permission', type: 'text' })
  requiredPermission!: Permission;
  @Column({ name: 'required_role', type: 'text', nullable: true })
  requiredRole!: string | null;
  @Column({ type: 'text', array: true })
  approvers!: string[];
  @Column({ type: 'text', nullable: true })
  rule!: string | null;
  @Column({ name: 'policy_version', type: 'int', nullable: true })
  policyVersion!: number | null;
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
  @Column({ name: 'reminder_at', type: 'timestamptz', nullable: true })
  reminderAt!: Date | null;
  @Column({ name: 'sla_due_at', type: 'timestamptz', nullable: true })
  slaDueAt!: Date | null;
  @Column({ type: 'text' })
  status!: TicketView['status'];
  @Column({ name: 'approved_by', type: 'text', array: true })
  approvedBy!: string[];
  /** Whose approvals are given while others are awaited. */
  @Column({ type: 'text', array: true })
  voted!: string[];
  @Column({ type: 'text', nullable: true })
  assignee!: string | null;
  @Column({ type: 'text', array: true })
  delegates!: string[];
  /** Who delegated, to the delegate at the same place. */
  @Column({ type: 'text', array: true })
  delegators!: string[];
  @Column({ type: 'text', array: true })
  mentions!: string[];
  @Column({ name: 'escalated_at', type: 'timestamptz', nullable: true })
  escalatedAt!: Date | null;
  @Column({ name: 'escalated_to_role', type: 'text', nullable: true })
  escalatedToRole!: string | null;
  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  decidedAt!: Date | null;
  @Column({ name: 'decided_by', type: 'text', array: true })
  decidedBy!: string[];
  @Column({ name: 'ended_because', type: 'text', nullable: true })
  endedBecause!: string | null;
  @Column({ type: 'text', nullable: true })
  outcome!: TicketEntry['outcome'];
  @Column({ type: 'int' })
  version!: number;
  /** Stream position of the event that it is as of; null: from before it was kept. */
  @Column({ name: 'as_of', type: 'bigint', nullable: true })
  asOf!: number | null;
  @Column({ name: 'priority_rank', type: 'smallint', insert: false, update: false })
  priorityRank!: number;
  @Column({ name: 'risk_rank', type: 'smallint', insert: false, update: false })
  riskRank!: number;
  @Column({ name: 'expiry_sort', type: 'timestamptz', insert: false, update: false })
  expirySort!: Date;
  @Column({ name: 'sla_sort', type: 'timestamptz', insert: false, update: false })
  slaSort!: Date;
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
  @Column({ type: 'text', array: true })
  people!: string[];
  @Column({ type: 'timestamptz' })
  at!: Date;
}
