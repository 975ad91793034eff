import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CredentialPin, RuntimeType, TargetConnection, TargetView } from '@slipway/contracts';

@Entity('targets')
export class TargetRow {
  @PrimaryColumn({ name: 'target_id', type: 'text' })
  targetId!: string;
  @Column({ name: 'project_id', type: 'text' })
  projectId!: string;
  @Column({ name: 'environment_id', type: 'text' })
  environmentId!: string;
  @Column({ type: 'text' })
  name!: string;
  @Column({ name: 'runtime_type', type: 'text' })
  runtimeType!: RuntimeType;
  @Column({ type: 'jsonb' })
  connection!: TargetConnection;
  @Column({ type: 'jsonb', nullable: true })
  credential!: CredentialPin | null;
  @Column({ name: 'prometheus_credential', type: 'jsonb', nullable: true })
  prometheusCredential!: CredentialPin | null;
  @Column({ type: 'int' })
  version!: number;
  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}

export const targetOfRow = (row: TargetRow): TargetView => ({
  target_id: row.targetId,
  project_id: row.projectId,
  environment_id: row.environmentId,
  name: row.name,
  runtime_type: row.runtimeType,
  connection: row.connection,
  credential: row.credential,
  prometheus_credential: row.prometheusCredential,
  version: row.version,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});
