import { Column, Entity, PrimaryColumn } from 'typeorm';
import { completePolicy, type EnvironmentPolicy, type EnvironmentType, type EnvironmentView } from '@slipway/contracts';

@Entity('environments')
export class EnvironmentRow {
  @PrimaryColumn({ name: 'environment_id', type: 'text' })
  environmentId!: string;
  @Column({ name: 'project_id', type: 'text' })
  projectId!: string;
  @Column({ type: 'text' })
  name!: string;
  @Column({ type: 'text' })
  title!: string;
  @Column({ type: 'text' })
  type!: EnvironmentType;
  @Column({ type: 'jsonb' })
  policy!: EnvironmentPolicy;
  @Column({ type: 'int' })
  version!: number;
  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}

export const environmentOfRow = (row: EnvironmentRow): EnvironmentView => ({
  environment_id: row.environmentId,
  project_id: row.projectId,
  name: row.name,
  title: row.title,
  type: row.type,
  policy: completePolicy(row.type, row.policy),
  version: row.version,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});
