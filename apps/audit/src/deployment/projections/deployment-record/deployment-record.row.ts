import type { DeploymentRecord } from '@slipway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('deployment_record')
export class DeploymentRecordRow {
  @PrimaryColumn({ name: 'release_id', type: 'text' })
  releaseId!: string;
  @Column({ name: 'project_id', type: 'text' })
  projectId!: string;
  @Column({ name: 'environment_id', type: 'text' })
  environmentId!: string;
  @Column({ name: 'service_id', type: 'text' })
  serviceId!: string;
  @Column({ name: 'requested_at', type: 'bigint', nullable: true })
  requestedAt!: number | null;
  @Column({ type: 'json' })
  record!: DeploymentRecord;
}
