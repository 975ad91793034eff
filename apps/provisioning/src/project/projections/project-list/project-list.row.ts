import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProjectView } from '@slipway/contracts';

@Entity('projects')
export class ProjectRow {
  @PrimaryColumn({ name: 'project_id', type: 'text' })
  projectId!: string;
  @Column({ type: 'text' })
  title!: string;
  @Column({ name: 'team_id', type: 'text' })
  teamId!: string;
  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}

export const projectOfRow = (row: ProjectRow): ProjectView => ({
  project_id: row.projectId,
  name: row.projectId,
  title: row.title,
  team_id: row.teamId,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});
