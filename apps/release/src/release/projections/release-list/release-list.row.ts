import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReleaseFacts } from '../../domain/release.facts';

/** `as_of`: stream position of the event that they are as of; rows of before it was kept have none. */
export type StoredFacts = ReleaseFacts & { readonly as_of?: number };

/** One release, whole: what is filtered and sorted by has columns, the rest is `facts`. */
@Entity({ name: 'release' })
export class ReleaseRow {
  @PrimaryColumn({ name: 'release_id', type: 'text' })
  releaseId!: string;
  /** Stream position of its preview: the order of the list, newest first. */
  @Column({ type: 'bigint' })
  position!: number;
  @Column({ name: 'project_id', type: 'text' })
  projectId!: string;
  @Column({ name: 'service_id', type: 'text' })
  serviceId!: string;
  @Column({ name: 'environment_id', type: 'text' })
  environmentId!: string;
  @Column({ name: 'slot_id', type: 'text' })
  slotId!: string;
  /** As the log says it; historical rows may hold statuses of before (`canonicalStatus`). */
  @Column({ type: 'text' })
  status!: string;
  /** When its preview or its ticket runs out; null where nothing does. */
  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;
  @Column({ type: 'jsonb' })
  facts!: StoredFacts;
}
