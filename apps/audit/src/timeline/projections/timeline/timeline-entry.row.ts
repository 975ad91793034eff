import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An event's place on a release's timeline; the event itself is an `AuditEventRow`. */
@Entity('timeline_entry')
export class TimelineEntryRow {
  @PrimaryColumn({ name: 'release_id', type: 'text' })
  releaseId!: string;
  @PrimaryColumn({ type: 'bigint' })
  position!: number;
  @Column({ name: 'project_id', type: 'text' })
  projectId!: string;
  @Column({ name: 'environment_id', type: 'text' })
  environmentId!: string;
}
