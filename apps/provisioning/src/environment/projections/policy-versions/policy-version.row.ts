import { Column, Entity, PrimaryColumn } from 'typeorm';
import { completePolicy, policyChanges, type EnvironmentPolicy, type EnvironmentType, type PolicyVersion } from '@slipway/contracts';

/** One version of an environment's policy; `before` is the one that it replaced. */
@Entity('policy_versions')
export class PolicyVersionRow {
  @PrimaryColumn({ name: 'environment_id', type: 'text' })
  environmentId!: string;
  @PrimaryColumn({ type: 'int' })
  version!: number;
  @Column({ name: 'environment_type', type: 'text' })
  environmentType!: EnvironmentType;
  @Column({ type: 'jsonb' })
  policy!: EnvironmentPolicy;
  @Column({ type: 'jsonb', nullable: true })
  before!: EnvironmentPolicy | null;
  @Column({ type: 'text' })
  reason!: string;
  @Column({ name: 'changed_by', type: 'text' })
  changedBy!: string;
  @Column({ name: 'approved_by', type: 'text', array: true })
  approvedBy!: string[];
  @Column({ name: 'ticket_id', type: 'text', nullable: true })
  ticketId!: string | null;
  @Column({ name: 'changed_at', type: 'timestamptz' })
  changedAt!: Date;
}

/** As it held: what an earlier version of the platform did not write is the type's default. */
export const policyOf = ({ environmentType, policy }: PolicyVersionRow): EnvironmentPolicy => completePolicy(environmentType, policy);

export const policyVersion = (row: PolicyVersionRow): PolicyVersion => ({
  version: row.version,
  policy: policyOf(row),
  changes: row.before ? policyChanges(completePolicy(row.environmentType, row.before), policyOf(row)) : [],
  reason: row.reason,
  changed_by: row.changedBy,
  approved_by: row.approvedBy,
  ticket_id: row.ticketId,
  changed_at: row.changedAt.toISOString(),
});
