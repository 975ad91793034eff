import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { GroupFacts } from '../../domain/group.facts';

/** `read_at`: stream position of the group's last event; its members are read at least as far. */
export type StoredGroup = GroupFacts & { readonly read_at: number };

/** One release group, whole: what is filtered and sorted by has columns, the rest is `facts`. */
@Entity({ name: 'release_group' })
export class GroupRow {
  @PrimaryColumn({ name: 'group_id', type: 'text' })
  groupId!: string;
  /** Stream position of its preview: the order of the list, newest first. */
  @Column({ type: 'bigint' })
  position!: number;
  @Column({ name: 'project_id', type: 'text' })
  projectId!: string;
  @Column({ name: 'environment_id', type: 'text' })
  environmentId!: string;
  @Column({ type: 'text' })
  status!: string;
  /** When its preview or its ticket runs out; null where nothing does. */
  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;
  @Column({ type: 'jsonb' })
  facts!: StoredGroup;
}
