import type { ArtifactView } from '@slipway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A registered artifact; it never changes, so its view is stored as it is. */
@Entity({ name: 'artifact' })
export class ArtifactRow {
  @PrimaryColumn({ name: 'artifact_id', type: 'text' })
  artifactId!: string;
  @Column({ type: 'bigint' })
  position!: number;
  @Column({ name: 'project_id', type: 'text' })
  projectId!: string;
  @Column({ name: 'service_id', type: 'text' })
  serviceId!: string;
  @Column({ type: 'jsonb' })
  view!: ArtifactView;
}
