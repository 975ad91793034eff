import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SlotView } from '@slipway/contracts';
import type { LastCheck } from '../../../drift/drift-ages';

@Entity('slots')
export class SlotRow {
  @PrimaryColumn({ name: 'slot_id', type: 'text' })
  slotId!: string;
  @Column({ name: 'project_id', type: 'text' })
  projectId!: string;
  @Column({ name: 'environment_id', type: 'text' })
  environmentId!: string;
  @Column({ name: 'service_id', type: 'text' })
  serviceId!: string;
  @Column({ name: 'service_name', type: 'text' })
  serviceName!: string;
  @Column({ name: 'target_id', type: 'text' })
  targetId!: string;
  @Column({ name: 'release_id', type: 'text' })
  releaseId!: string;
  @Column({ name: 'execution_id', type: 'text' })
  executionId!: string;
  @Column({ name: 'artifact_version', type: 'text' })
  artifactVersion!: string;
  @Column({ name: 'artifact_digest', type: 'text' })
  artifactDigest!: string;
  @Column({ type: 'text', nullable: true })
  url!: string | null;
  @Column({ type: 'jsonb', nullable: true })
  hold!: SlotView['hold'];
  @Column({ type: 'boolean' })
  drifted!: boolean;
  @Column({ name: 'deployed_at', type: 'timestamptz' })
  deployedAt!: Date;
  @Column({ type: 'int' })
  version!: number;
  /** Stream position of the event that it is as of; null: from before it was kept. */
  @Column({ name: 'as_of', type: 'bigint', nullable: true })
  asOf!: number | null;
}

/** `check`: how old the knowledge of its drift is; the log does not say. */
export const slotOfRow = (row: SlotRow, check: LastCheck): SlotView => ({
  slot_id: row.slotId,
  project_id: row.projectId,
  environment_id: row.environmentId,
  service_id: row.serviceId,
  service_name: row.serviceName,
  target_id: row.targetId,
  release_id: row.releaseId,
  artifact_version: row.artifactVersion,
  artifact_digest: row.artifactDigest,
  url: row.url,
  hold: row.hold,
  drift: !check.known ? 'unknown' : row.drifted ? 'drifted' : 'none',
  drift_checked_at: check.checkedAt,
  deployed_at: row.deployedAt.toISOString(),
  version: row.version,
});
